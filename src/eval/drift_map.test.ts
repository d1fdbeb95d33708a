import { expect, test } from 'vitest';
import { normals } from '../testing/numbers';
import { driftMap } from './drift_map';
import { meanRow, principalAxes, project } from './pca';

const C = 5;
const ROWS = 12;
const LABELS = Array.from({ length: ROWS }, (_, i) => i % 3);
const noise = normals(7, ROWS * C);
const BASE = Array.from({ length: ROWS }, (_, i) => Float64Array.from({ length: C }, (__, c) => (noise[i * C + c] ?? 0) + (c === i % 3 ? 4 : 0)));

test('a model stands at the projected mean of each kind, on the axes of the base', () => {
  const map = driftMap(BASE, LABELS, 3);
  const pca = principalAxes(BASE, 2);
  expect(map.explained).toEqual(pca.explained);
  const means = [0, 1, 2].map((kind) => meanRow(BASE.filter((_, i) => LABELS[i] === kind)));
  map.places.forEach((place, kind) => { expect(place).toEqual(project(pca, means[kind] ?? [])); });
  // The mean of the projected prompts is the projected mean.
  map.places.forEach((place, kind) => {
    const own = map.cloud.filter((_, i) => LABELS[i] === kind);
    expect(own.reduce((sum, [x]) => sum + x, 0) / own.length).toBeCloseTo(place[0], 10);
  });
});

test('of a way along an axis all lies in the plane, of one at right angles to both nothing', () => {
  const map = driftMap(BASE, LABELS, 3);
  const { axes } = principalAxes(BASE, C);
  const moved = (axis: number): Float64Array[] => BASE.map((row) => row.map((value, c) => value + 2 * (axes[axis]?.[c] ?? 0)));
  expect(map.place(moved(0)).inPlane).toBeCloseTo(1, 10);
  map.place(moved(0)).places.forEach(([x, y], kind) => {
    expect(x - (map.places[kind]?.[0] ?? NaN)).toBeCloseTo(2, 10);
    expect(y - (map.places[kind]?.[1] ?? NaN)).toBeCloseTo(0, 10);
  });
  expect(map.place(moved(3)).inPlane).toBeCloseTo(0, 10);
  expect(map.place(moved(3)).distance).toBeCloseTo(2, 10);
  expect(map.place(BASE)).toMatchObject({ inPlane: null, distance: 0 });
});

test('a kind without prompts and states of other prompts are refused', () => {
  expect(() => driftMap(BASE, LABELS, 4)).toThrow(/kind 3 has no prompts/);
  expect(() => driftMap(BASE, LABELS, 3).place(BASE.slice(1))).toThrow(/11 states for 12/);
});
