import { expect, test } from 'vitest';
import { checkRecipe, fusionRecipe, PRESETS, presetOf } from './recipe';

test('every preset passes its own check and is found again, whatever the seed', () => {
  for (const [name, recipe] of Object.entries(PRESETS)) {
    expect(presetOf(checkRecipe({ ...recipe, seed: 7 }))).toBe(name);
  }
});

test('a changed number belongs to no preset', () => {
  expect(presetOf({ ...PRESETS.default, gateWeight: 0.3 })).toBeUndefined();
});

test('the paper\'s preset is the paper\'s recipe, down to what the engine gets', () => {
  expect(fusionRecipe(PRESETS.paper, 3, 128)).toMatchObject({
    train: 'lora', rank: 8, alpha: 4, dropout: 0.1, learningRate: 5e-4, gateLoss: 'nll', gateWeight: 0.01, routerInit: 'random',
    warmupSteps: 0, attention: false, drift: [0.001, 0.001, 0.001],
  });
  expect(fusionRecipe(PRESETS['paper-code'], 3, 128)).toMatchObject({ gateLoss: 'paper-code', attention: true, rank: 8, alpha: 4 });
});

test.each([
  [{ rank: 0 }, /recipe, rank: expected a whole number from 1 to 256, got 0/],
  [{ dropout: 1 }, /dropout: expected a number from 0 to 0.99, got 1/],

  [{ topK: 4 }, /recipe, topK: expected a whole number from 1 to 3, got 4/],
  [{ steps: 1.5 }, /steps: expected a whole number/],
  [{ learningRate: Number.NaN }, /learningRate: expected a number from/],
])('%j is refused', (change, sentence) => {
  expect(() => checkRecipe({ ...PRESETS.default, ...change })).toThrow(sentence);
});
