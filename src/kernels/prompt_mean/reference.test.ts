import { expect, test } from 'vitest';
import { dot, finiteDifferences, normals, relativeError } from '../../testing/numbers';
import { TOLERANCE } from '../../testing/tolerances';
import { promptMeanBackward, promptMeanForward } from './reference';

test('prompt_mean reference gives every row its prompt’s mean, and its backward matches finite differences at B=2, T=4, C=3', () => {
  const dims = { B: 2, T: 4, C: 3 };
  const inp = normals(1, 24);
  const dout = normals(2, 24);
  const out = promptMeanForward(inp, [1, 3], dims);
  for (let t = 0; t < 4; t++) expect([...out.subarray(t * 3, t * 3 + 3)]).toEqual([...inp.subarray(0, 3)]);
  expect(out[21]).toBeCloseTo(((inp[12] ?? NaN) + (inp[15] ?? NaN) + (inp[18] ?? NaN)) / 3, 12);
  const loss = (): number => dot(promptMeanForward(inp, [1, 3], dims), dout);
  expect(relativeError(promptMeanBackward(dout, [1, 3], dims), finiteDifferences(loss, inp))).toBeLessThan(TOLERANCE.finiteDifference);
});
