import { expect, test } from 'vitest';
import { dot, finiteDifferences, normals, relativeError } from '../../testing/numbers';
import { TOLERANCE } from '../../testing/tolerances';
import { swigluBackward, swigluForward } from './reference';

test('swiglu reference backward matches finite differences at N=3, F=7', () => {
  const gate = normals(1, 21);
  const up = normals(2, 21);
  const dout = normals(3, 21);
  const loss = (): number => dot(swigluForward(gate, up), dout);
  const { dgate, dup } = swigluBackward(dout, gate, up);
  expect(relativeError(dgate, finiteDifferences(loss, gate))).toBeLessThan(TOLERANCE.finiteDifference);
  expect(relativeError(dup, finiteDifferences(loss, up))).toBeLessThan(TOLERANCE.finiteDifference);
});
