import { expect, test } from 'vitest';
import { checkRecipe, PRESETS, presetOf } from './recipe';

test('every preset passes its own check and is found again, whatever the seed', () => {
  for (const [name, recipe] of Object.entries(PRESETS)) {
    expect(presetOf(checkRecipe({ ...recipe, seed: 7 }))).toBe(name);
  }
});

test('a changed number belongs to no preset', () => {
  expect(presetOf({ ...PRESETS.default, gateWeight: 0.3 })).toBeUndefined();
});

test.each([
  [{ topK: 4 }, /recipe, topK: expected a whole number from 1 to 3, got 4/],
  [{ steps: 1.5 }, /steps: expected a whole number/],
  [{ learningRate: Number.NaN }, /learningRate: expected a number from/],
])('%j is refused', (change, sentence) => {
  expect(() => checkRecipe({ ...PRESETS.default, ...change })).toThrow(sentence);
});
