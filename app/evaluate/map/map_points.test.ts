import { expect, test } from 'vitest';
import type { DriftMap } from '../../../src/engine/evaluation';
import { strings } from '../../strings';
import { mapPicture, mapTitle } from './map_points';

const MODELS: DriftMap['models'] = [
  { model: 'base', places: [[0, 0], [10, 0], [0, 5]], distance: 0, inPlane: null },
  { model: 'helpful', places: [[1, 0], [11, 0], [1, 5]], distance: 1, inPlane: 0.9 },
  { model: 'soup', places: [[0.5, 0], [10.5, 0], [0.5, 5]], distance: 0.5, inPlane: 0.9 },
  { model: 'fused', places: [[0, 1], [10, 1], [0, 6]], distance: 1.5, inPlane: 0.9 },
];
const CLOUD: DriftMap['cloud'] = [[[-1, 0]], [[99, 2]], [[2, 5]]];

test('all models lie on the picture, on one scale, the second axis upward; of the prompts those that fall on it', () => {
  const { points, cloud } = mapPicture({ models: MODELS, cloud: CLOUD }, 300, 200);
  expect(cloud).toHaveLength(2);
  for (const [x, y] of [...points.map((point) => [point.x, point.y] as const), ...cloud]) {
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x).toBeLessThanOrEqual(300);
    expect(y).toBeGreaterThanOrEqual(0);
    expect(y).toBeLessThanOrEqual(200);
  }
  const [base, fused] = [points[0], points.find(({ model }) => model === 'fused')];
  expect(fused?.x).toBeCloseTo(base?.x ?? NaN, 10);
  expect((base?.y ?? NaN) - (fused?.y ?? NaN)).toBeCloseTo((0.76 * 300) / 11, 10);
});

test('ways lead from the base to aligned models and Fused, not to merges, which carry no name unless the title names them', () => {
  const { points, ways } = mapPicture({ models: MODELS, cloud: CLOUD }, 300, 200);
  expect(ways.map(({ from, to }) => [from.model, to.model, from.kind === to.kind])).toEqual(
    ['helpful', 'harmless', 'honest'].flatMap(() => [['base', 'helpful', true], ['base', 'fused', true]]),
  );
  expect(points.filter(({ role }) => role === 'merge').map(({ label }) => label)).toEqual(['', '', '']);
  const ahead = mapPicture({ models: MODELS.map((model) => (model.model === 'soup' ? { ...model, distance: 9 } : model)), cloud: CLOUD }, 300, 200);
  expect(ahead.points.filter(({ role }) => role === 'merge').map(({ label }) => label)).toEqual(['helpful', 'harmless', 'honest'].map(() => strings.models.soup));
  expect(points[1]?.label).toBe(strings.driftMap.kind('Harmless'));
});

test('the title names who is furthest only where it is ahead by a tenth', () => {
  const { title } = strings.driftMap;
  expect(mapTitle({ models: MODELS })).toBe(title.furthest('Fused'));
  expect(mapTitle({ models: MODELS.map((model) => (model.model === 'fused' ? { ...model, distance: 1.05 } : model)) })).toBe(title.plain);
  expect(mapTitle({ models: MODELS.slice(0, 1) })).toBe(title.plain);
});
