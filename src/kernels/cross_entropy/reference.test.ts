import { expect, test } from 'vitest';
import { finiteDifferences, normals, relativeError } from '../../testing/numbers';
import { TOLERANCE } from '../../testing/tolerances';
import { crossEntropy } from './reference';

const dims = { N: 4, V: 7 };
const targets = [6, -100, 0, 3];

test('cross_entropy reference gradient matches finite differences at N=4, V=7, a masked row among them', () => {
  const logits = normals(1, 28);
  const loss = (): number => crossEntropy(logits, targets, dims).loss.reduce((sum, x) => sum + 0.3 * x, 0);
  const { dlogits } = crossEntropy(logits, targets, dims, 0.3);
  expect(relativeError(dlogits, finiteDifferences(loss, logits))).toBeLessThan(TOLERANCE.finiteDifference);
});

test('equal logits cost ln V, a masked row nothing, and logits of 1000 stay finite', () => {
  const { loss } = crossEntropy(new Float64Array(28).fill(1000), targets, dims);
  expect([...loss].map((x) => x.toFixed(12))).toEqual([Math.log(7), 0, Math.log(7), Math.log(7)].map((x) => x.toFixed(12)));
});
