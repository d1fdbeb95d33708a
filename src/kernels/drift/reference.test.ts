import { expect, test } from 'vitest';
import { finiteDifferences, normals, relativeError } from '../../testing/numbers';
import { TOLERANCE } from '../../testing/tolerances';
import { fullDrift, loraDrift } from './reference';

test('drift of a full weight is the squared distance from its start, with a matching gradient', () => {
  const weight = normals(1, 15);
  const start = normals(2, 15);
  const { dweight } = fullDrift(weight, start, 0.3);
  const loss = (): number => 0.3 * fullDrift(weight, start).drift;
  expect(fullDrift(start, start).drift).toBe(0);
  expect(relativeError(dweight, finiteDifferences(loss, weight))).toBeLessThan(TOLERANCE.finiteDifference);
});

test('drift of an adapter is that of the weight it makes, and its gradients match finite differences at I=5, O=4, rank=2', () => {
  const dims = { I: 5, O: 4, rank: 2, adapterScale: 0.5 };
  const loraA = normals(1, 10);
  const loraB = normals(2, 8);
  const loss = (): number => 0.3 * loraDrift(loraA, loraB, dims).drift;
  const { dloraA, dloraB } = loraDrift(loraA, loraB, dims, 0.3);
  expect(relativeError(dloraA, finiteDifferences(loss, loraA))).toBeLessThan(TOLERANCE.finiteDifference);
  expect(relativeError(dloraB, finiteDifferences(loss, loraB))).toBeLessThan(TOLERANCE.finiteDifference);
  expect(loraDrift(loraA, new Float64Array(8), dims).drift).toBe(0);
});
