import { expect, test } from 'vitest';
import { inRange, PRESETS, type RecipeNumber } from '../../src/engine/recipe';
import { SLIDERS, toPosition, toValue } from './slider_scale';

const sliders = Object.entries(SLIDERS) as [RecipeNumber, NonNullable<(typeof SLIDERS)[RecipeNumber]>][];

test.each(sliders)('%s: every position is a number in range', (field, scale) => {
  for (let i = 0; i <= 100; i++) expect(inRange(field, toValue(scale, i / 100))).toBe(true);
});

test.each(sliders)('%s: the default survives the way there and back', (field, scale) => {
  expect(toValue(scale, toPosition(scale, PRESETS.default[field]))).toBe(PRESETS.default[field]);
});

test('zero stands at the far left of a scale by powers', () => {
  const scale = { kind: 'log', min: 1e-3, max: 10, zero: true } as const;
  expect([toPosition(scale, 0), toValue(scale, 0), toValue(scale, 1)]).toEqual([0, 0, 10]);
});
