import { each, type MergeMethod, type MergeSettings } from './settings';

export type GridLevel = 'coarse' | 'fine';

/** Settings of a method to be compared on validation rows, the plainest first. `models` is how many are merged. */
export function mergeGrid(method: MergeMethod, level: GridLevel, models = 3): readonly MergeSettings[] {
  const fine = level === 'fine';
  switch (method) {
    case 'soup':
      return [{ method }];
    case 'task-arithmetic': {
      const single = (fine ? steps(0.1, 1.5, 0.1) : steps(0.2, 1.4, 0.4)).map((scale) => [scale]);
      return [...single, ...(fine ? scaleStarts(models) : [])].map((scales) => ({ method, scales }));
    }
    case 'ties':
      return pairs(fine ? [0.1, 0.2, 0.3, 0.5, 0.7, 0.9] : [0.2, 0.5, 0.9], fine ? steps(0.4, 2, 0.2) : steps(0.4, 2, 0.4))
        .map(([density, scale]) => ({ method, density, scale }));
    case 'dare':
      return pairs(fine ? [0.1, 0.3, 0.5, 0.7, 0.9] : [0.1, 0.5, 0.9], fine ? steps(0.2, 1.4, 0.2) : steps(0.2, 1.4, 0.4))
        .map(([drop, scale]) => ({ method, drop, scales: [scale], seed: 1 }));
    case 'slerp':
      return [[1], ...oneOff(models, fine ? [0.5, 2, 4] : [2])].map((weights) => ({ method, weights }));
    default:
      return method satisfies never;
  }
}

/**
 * The neighbours of the best settings so far, one model's scale a `step` up or down each, for coordinate descent: call again from the best of
 * them until none is better. None for methods whose grid is complete.
 */
export function refine(best: MergeSettings, models = 3, step = 0.1): readonly MergeSettings[] {
  if (best.method !== 'task-arithmetic' && best.method !== 'dare') return [];
  const scales = each(best.scales, models);
  return scales.flatMap((own, i) => [own - step, own + step]
    .filter((scale) => scale > -step / 2)
    .map((scale) => ({ ...best, scales: scales.with(i, decimals(scale)) })));
}

/**
 * Where the search for one scale each begins, beside equal ones: 0.4, 0.8 and 1.2 in all combinations up to three models. For more these are
 * too many, and refine goes on from equal scales.
 */
function scaleStarts(models: number): readonly (readonly number[])[] {
  if (models > 3) return [];
  const values = [0.4, 0.8, 1.2];
  let all: readonly (readonly number[])[] = [[]];
  for (let i = 0; i < models; i++) all = all.flatMap((scales) => values.map((value) => [...scales, value]));
  return all.filter((scales) => scales.some((scale) => scale !== scales[0]));
}

/** Every model in turn counts a factor more or less than the others. */
export function oneOff(models: number, factors: readonly number[]): readonly (readonly number[])[] {
  if (models < 2) return [];
  return factors.flatMap((factor) => Array.from({ length: models }, (_, i) => Array.from({ length: models }, (__, j) => (i === j ? factor : 1))));
}

function pairs(first: readonly number[], second: readonly number[]): readonly (readonly [number, number])[] {
  return first.flatMap((a) => second.map((b) => [a, b] as const));
}

/** from, from + step … to, without the dust of binary fractions. */
function steps(from: number, to: number, step: number): readonly number[] {
  return Array.from({ length: Math.round((to - from) / step) + 1 }, (_, i) => decimals(from + i * step));
}

/** Without the dust of binary fractions. */
export const decimals = (value: number): number => Math.round(value * 1e6) / 1e6;
