import { expect, test } from 'vitest';
import { dot, finiteDifferences, normals, relativeError } from '../../testing/numbers';
import { TOLERANCE } from '../../testing/tolerances';
import { embeddingBackward, embeddingForward } from './reference';

test('embedding reference backward matches finite differences at N=5, C=3, V=7, with a repeated id', () => {
  const dims = { N: 5, C: 3, V: 7 };
  const ids = [6, 0, 3, 0, 0];
  const weight = normals(1, 21);
  const dout = normals(2, 15);
  const loss = (): number => dot(embeddingForward(weight, ids, dims), dout);
  expect(relativeError(embeddingBackward(dout, ids, dims), finiteDifferences(loss, weight))).toBeLessThan(TOLERANCE.finiteDifference);
});
