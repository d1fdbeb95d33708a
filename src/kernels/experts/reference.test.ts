import { expect, test } from 'vitest';
import { dot, finiteDifferences, normals, relativeError } from '../../testing/numbers';
import { TOLERANCE } from '../../testing/tolerances';
import { combineBackward, combineForward, contributionForward, gatherBackward, gatherForward, permute } from './reference';

const index = [2, 0, 0, 2, 3, 3, 2, 1]; // (4,2), the third token is padding
const dims = { N: 4, K: 2, C: 3 };

test('rows stand by expert, stably in (token, k) order, and padding has none', () => {
  const { offsets, slot, source } = permute(index, { ...dims, E: 3 });
  expect([...offsets]).toEqual([0, 2, 3, 6]);
  expect([...slot]).toEqual([3, 0, 1, 4, 8, 8, 5, 2]);
  expect([...source]).toEqual([1, 2, 7, 0, 3, 6, 8, 8]);
});

test('gather and combine references match finite differences at N=4, K=2, C=3, E=3', () => {
  const permutation = permute(index, { ...dims, E: 3 });
  const inp = normals(1, 12);
  const rows = normals(2, 24);
  const share = normals(3, 8);
  const dgathered = normals(4, 24);
  const dcombined = normals(5, 12);
  const gathered = (): number => dot(gatherForward(inp, permutation, dims), dgathered);
  const combined = (): number => dot(combineForward(rows, share, permutation, dims), dcombined);
  const { dinp, dshare } = combineBackward(dcombined, rows, share, permutation, dims);
  const throughGather = gatherBackward(dgathered, permutation, dims);
  expect(relativeError(throughGather, finiteDifferences(gathered, inp))).toBeLessThan(TOLERANCE.finiteDifference);
  expect(relativeError(dinp, finiteDifferences(combined, rows))).toBeLessThan(TOLERANCE.finiteDifference);
  expect(relativeError(dshare, finiteDifferences(combined, share))).toBeLessThan(TOLERANCE.finiteDifference);
});

test('gathering and combining with shares that sum to 1 gives every real token back', () => {
  const permutation = permute(index, { ...dims, E: 3 });
  const inp = normals(1, 12);
  const out = combineForward(gatherForward(inp, permutation, dims), Float64Array.of(0.25, 0.75, 0.5, 0.5, 0, 0, 1, 0), permutation, dims);
  expect(relativeError(out, inp.map((x, i) => (Math.floor(i / 3) === 2 ? 0 : x)))).toBeLessThan(1e-15);
});

test('contributions are lengths of what is added: 3-4-5 triangles times the share, and nothing for padding', () => {
  const permutation = permute(Uint32Array.of(1, 0, 2, 2), { N: 2, K: 2, E: 2 });
  const rows = Float64Array.of(3, 4, -6, 8, 1, 1, 1, 1); // expert 0's row, expert 1's, two that are empty
  const norm = contributionForward(rows, Float64Array.of(0.25, 0.75, 0, 0), Float64Array.of(5, 12, 0, -2), permutation, { N: 2, K: 2, C: 2 });
  expect([...norm]).toEqual([2.5, 3.75, 13, 0, 0, 2]);
});
