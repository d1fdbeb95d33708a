import { expect, test } from 'vitest';
import { normals, relativeError } from '../../testing/numbers';
import { routerForward } from '../router/reference';
import { routerStats } from './reference';

test('statistics of hand-made routing, padding left out', () => {
  const probs = Float64Array.of(0.5, 0.5, 0, 0.25, 0.25, 0.5, 0, 0, 0, /* b = 1 */ 1, 0, 0, 0, 0, 0, 0, 0, 0);
  const index = [0, 1, 2, 0, 3, 3, /* b = 1 */ 0, 1, 3, 3, 3, 3];
  const { seqProb, seqLoad, seqEntropy } = routerStats(probs, index, [2, 1], { B: 2, T: 3, E: 3, K: 2 });
  expect([...seqProb]).toEqual([0.375, 0.375, 0.25, 1, 0, 0]);
  expect([...seqLoad]).toEqual([0.5, 0.25, 0.25, 0.5, 0.5, 0]);
  expect(relativeError(seqEntropy, [(Math.LN2 + 1.5 * Math.LN2) / 2, 0])).toBeLessThan(1e-15);
});

test('mean probabilities and loads of a sequence each sum to 1, and undecided routing has entropy ln E', () => {
  const dims = { B: 2, T: 5, C: 7, E: 4, K: 3 };
  const { probs, index } = routerForward(normals(1, 70), new Float64Array(28), [5, 3], dims);
  const { seqProb, seqLoad, seqEntropy } = routerStats(probs, index, [5, 3], dims);
  for (const b of [0, 1]) {
    for (const values of [seqProb, seqLoad]) expect(values.subarray(b * 4, b * 4 + 4).reduce((sum, x) => sum + x, 0)).toBeCloseTo(1, 12);
    expect(seqEntropy[b]).toBeCloseTo(Math.log(4), 12);
  }
});
