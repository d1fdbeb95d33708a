import { expect, test } from 'vitest';
import { dot, finiteDifferences, normals, relativeError } from '../../testing/numbers';
import { TOLERANCE } from '../../testing/tolerances';
import { gatherRowsBackward, gatherRowsForward } from './reference';

test('gather_rows reference backward matches finite differences at N=4, R=6, C=3, with repeated rows and none', () => {
  const dims = { N: 4, R: 6, C: 3 };
  const rows = [3, 1, 1, 0xffffffff, 0, 4];
  const inp = normals(1, 12);
  const dout = normals(2, 18);
  const out = gatherRowsForward(inp, rows, dims);
  expect([...out.subarray(0, 3)]).toEqual([...inp.subarray(9)]);
  expect([...out.subarray(9, 12), ...out.subarray(15)]).toEqual([0, 0, 0, 0, 0, 0]);
  const loss = (): number => dot(gatherRowsForward(inp, rows, dims), dout);
  expect(relativeError(gatherRowsBackward(dout, rows, dims), finiteDifferences(loss, inp))).toBeLessThan(TOLERANCE.finiteDifference);
});
