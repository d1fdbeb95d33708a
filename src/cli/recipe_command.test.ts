import { expect, test } from 'vitest';
import { fusionRecipe, PRESETS, type PresetName, type RunRecipe } from '../engine/recipe';
import { fuseArguments } from '../engine/recipe_command';
import { COMMANDS } from './commands/commands';
import { recipeOf, recipeOptions } from './fusion_options';
import { integer, parseOptions } from './options';

const CONTEXT = 64;

function readBack(recipe: RunRecipe): object {
  const [name, ...args] = fuseArguments(recipe, CONTEXT);
  expect(name).toBe('fuse');
  const values = parseOptions('fuse', { ...recipeOptions, 'max-length': integer(300, '') }, args);
  return recipeOf(values, 3, values['max-length']);
}

test.each(Object.keys(PRESETS) as PresetName[])('the command of the preset %s is the run of the studio', (name) => {
  expect(readBack(PRESETS[name])).toEqual(fusionRecipe(PRESETS[name], 3, CONTEXT));
});

test('numbers of every size and every choice arrive, and the command takes them', () => {
  const recipe: RunRecipe = {
    ...PRESETS.paper, learningRate: 3e-7, drift: 1e-7, gateWeight: 12.5, batch: 65, seed: 4_294_967_295, attention: true, routing: 'sequence', topK: 1, dropout: 0.05,
  };
  expect(readBack(recipe)).toEqual(fusionRecipe(recipe, 3, CONTEXT));
  const fuse = COMMANDS.find(({ name }) => name === 'fuse');
  expect(() => fuse?.parse(fuseArguments(recipe, CONTEXT).slice(1))).not.toThrow();
});
