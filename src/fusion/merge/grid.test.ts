import { expect, test } from 'vitest';
import { mergeGrid, refine } from './grid';
import { MERGE_METHODS, MERGES } from './merges';
import { requireSettings, type MergeSettings } from './settings';

const scalesOf = (settings: readonly MergeSettings[]): readonly (readonly number[])[] =>
  settings.map((each) => (each.method === 'task-arithmetic' ? each.scales : []));

test('every method has defaults that fit, and every grid holds settings that fit, each once', () => {
  for (const method of MERGE_METHODS) {
    expect(MERGES[method].id).toBe(method);
    expect(MERGES[method].defaults.method).toBe(method);
    requireSettings(MERGES[method].defaults, 3);
    for (const level of ['coarse', 'fine'] as const) {
      for (const models of [2, 3, 5]) {
        const grid = mergeGrid(method, level, models);
        for (const settings of grid) requireSettings(settings, models);
        expect(new Set(grid.map((settings) => JSON.stringify(settings))).size).toBe(grid.length);
      }
      expect(mergeGrid(method, level).every((settings) => settings.method === method)).toBe(true);
    }
  }
});

test('the fine grids have the sizes that they are described with', () => {
  const sizes = Object.fromEntries(MERGE_METHODS.map((method) => [method, mergeGrid(method, 'fine').length]));
  // 15 single scales and 27 − 3 combinations; 6 densities × 9 scales; 5 shares × 7 scales; equal weights and 3 factors × 3 models.
  expect(sizes).toEqual({ soup: 1, 'task-arithmetic': 39, ties: 54, dare: 35, slerp: 10 });
  const scales = scalesOf(mergeGrid('task-arithmetic', 'fine'));
  expect(scales.slice(0, 15).flat()).toEqual([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.3, 1.4, 1.5]);
  expect(scales.slice(15).every((each) => each.length === 3 && new Set(each).size > 1)).toBe(true);
});

test('refining goes a step along each scale, not below zero, and spreads one scale for all', () => {
  expect(scalesOf(refine({ method: 'task-arithmetic', scales: [0.4, 0] }, 2))).toEqual([[0.3, 0], [0.5, 0], [0.4, 0.1]]);
  expect(scalesOf(refine({ method: 'task-arithmetic', scales: [0.3] }, 3, 0.05))).toEqual([
    [0.25, 0.3, 0.3], [0.35, 0.3, 0.3], [0.3, 0.25, 0.3], [0.3, 0.35, 0.3], [0.3, 0.3, 0.25], [0.3, 0.3, 0.35],
  ]);
  expect(refine({ method: 'ties', density: 0.2, scale: 1 })).toEqual([]);
});
