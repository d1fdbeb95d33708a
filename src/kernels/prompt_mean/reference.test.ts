import { expect, test } from 'vitest';
import { dot, finiteDifferences, normals, relativeError } from '../../testing/numbers';
import { TOLERANCE } from '../../testing/tolerances';
import { promptMeanBackward, promptMeanForward } from './reference';

test('prompt_mean reference averages the prompt and its backward matches finite differences at B=2, T=4, C=3', () => {
  const dims = { B: 2, T: 4, C: 3 };
  const inp = normals(1, 24);
  const dout = normals(2, 6);
  const out = promptMeanForward(inp, [1, 3], dims);
  expect([...out.subarray(0, 3)]).toEqual([...inp.subarray(0, 3)]);
  const loss = (): number => dot(promptMeanForward(inp, [1, 3], dims), dout);
  expect(relativeError(promptMeanBackward(dout, [1, 3], dims), finiteDifferences(loss, inp))).toBeLessThan(TOLERANCE.finiteDifference);
});
