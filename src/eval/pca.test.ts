import { expect, test } from 'vitest';
import { dot, normals } from '../testing/numbers';
import { meanRow, principalAxes, project } from './pca';

const C = 7;
const N = 41;

/** A cloud that is wide along two known directions that are no axes of the space. */
function cloud(): { readonly rows: Float64Array[]; readonly wide: readonly Float64Array[] } {
  const a = Float64Array.from({ length: C }, (_, c) => (c === 1 ? 0.6 : c === 4 ? -0.8 : 0));
  const b = Float64Array.from({ length: C }, (_, c) => (c === 1 ? 0.8 : c === 4 ? 0.6 : 0));
  const noise = normals(3, N * C, 0.01);
  const along = normals(5, 2 * N);
  return {
    wide: [a, b],
    rows: Array.from({ length: N }, (_, i) => Float64Array.from({ length: C }, (__, c) =>
      10 + 5 * (along[2 * i] ?? 0) * (a[c] ?? 0) + 2 * (along[2 * i + 1] ?? 0) * (b[c] ?? 0) + (noise[i * C + c] ?? 0))),
  };
}

test('the axes are of length 1, at right angles, and lie in the plane that the cloud is wide in', () => {
  const { rows, wide } = cloud();
  const { axes, explained } = principalAxes(rows, 3);
  axes.forEach((axis, i) => { axes.forEach((other, j) => { expect(dot(axis, other)).toBeCloseTo(i === j ? 1 : 0, 12); }); });
  for (const axis of axes.slice(0, 2)) expect(Math.hypot(...wide.map((w) => dot(axis, w)))).toBeGreaterThan(0.9999);
  expect(explained[0]).toBeGreaterThan(explained[1] ?? NaN);
  expect((explained[0] ?? NaN) + (explained[1] ?? NaN)).toBeGreaterThan(0.999);
});

test('all axes together explain everything, and each explains the variance of the coordinates along it', () => {
  const { rows } = cloud();
  const pca = principalAxes(rows, C);
  expect(pca.explained.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
  const coordinates = rows.map((row) => project(pca, row));
  const variance = Array.from({ length: C }, (_, k) => coordinates.reduce((sum, row) => sum + (row[k] ?? NaN) ** 2, 0) / N);
  const total = variance.reduce((sum, value) => sum + value, 0);
  pca.explained.forEach((share, k) => { expect((variance[k] ?? NaN) / total).toBeCloseTo(share, 12); });
  // No two coordinates are correlated, and distances are kept.
  for (let k = 1; k < C; k++) expect(coordinates.reduce((sum, row) => sum + (row[0] ?? NaN) * (row[k] ?? NaN), 0) / N / total).toBeCloseTo(0, 12);
  expect(Math.hypot(...(coordinates[0] ?? []))).toBeCloseTo(Math.hypot(...(rows[0] ?? []).map((value, c) => value - (pca.centre[c] ?? NaN))), 10);
});

test('the same cloud gives the same axes, whichever way its rows are ordered', () => {
  const { rows } = cloud();
  const forward = principalAxes(rows, 2);
  const backward = principalAxes([...rows].reverse(), 2);
  forward.axes.forEach((axis, k) => { expect(dot(axis, backward.axes[k] ?? [])).toBeCloseTo(1, 12); });
  for (const axis of forward.axes) expect(Math.max(...axis)).toBe(Math.max(...axis.map(Math.abs)));
});

test('one point explains nothing, and its projection is the origin', () => {
  const pca = principalAxes([[1, 2, 3]], 2);
  expect(pca.explained).toEqual([0, 0]);
  expect(project(pca, [1, 2, 3])).toEqual([0, 0]);
  expect([...meanRow([[1, 2], [3, 6]])]).toEqual([2, 4]);
});

test('rows that are none, unlike or not finite are refused, and more axes than dimensions', () => {
  expect(() => principalAxes([], 1)).toThrow(/at least one/);
  expect(() => principalAxes([[1, 2], [1]], 1)).toThrow(/one length/);
  expect(() => principalAxes([[1, 2]], 3)).toThrow(/1 to 2/);
  expect(() => principalAxes([[1, NaN]], 1)).toThrow(/finite/);
});
