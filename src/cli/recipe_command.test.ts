import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fusionRecipe, PRESETS, type PresetName, type RunRecipe } from '../engine/recipe';
import { fuseArguments } from '../engine/recipe_command';
import { nodeGpu } from '../headless/node_gpu';
import { tempFolder } from '../testing/model_directories';
import { storedFiles } from '../testing/stored_zip';
import { studio } from '../testing/tiny_studio';
import { COMMANDS } from './commands/commands';
import { PROJECT } from './embedded';
import { recipeOf, recipeOptions } from './fusion_options';
import { invoke } from './invoke';
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

/** Every file below a folder, by its path there. */
function filesBelow(folder: string, path = ''): Map<string, Uint8Array<ArrayBuffer>> {
  return new Map(readdirSync(join(folder, path), { withFileTypes: true }).flatMap((entry): [string, Uint8Array<ArrayBuffer>][] => {
    const name = path === '' ? entry.name : `${path}/${entry.name}`;
    return entry.isDirectory() ? [...filesBelow(folder, name)] : [[name, Uint8Array.from(readFileSync(join(folder, name)))]];
  }));
}

test('on the embedded models the command makes the very weights that the studio saves', async () => {
  const recipe: RunRecipe = { ...PRESETS.default, steps: 2, warmupSteps: 1, batch: 5, seed: 3 };
  const { ask } = studio(filesBelow(join(PROJECT, 'public', 'models')));
  await ask({ type: 'open', id: 1, modelsUrl: '' });
  await ask({ type: 'fuse', id: 2, recipe });
  const saved = await ask({ type: 'saveFused', id: 3 });
  if (saved.type !== 'savedFused') throw new Error(saved.type);
  const out = join(tempFolder(), 'fused');
  await invoke('fuse', [...fuseArguments(recipe, CONTEXT).slice(1), '--out', out], () => nodeGpu(() => undefined));
  const files = storedFiles(new Uint8Array(saved.result.zip));
  for (const name of ['model.safetensors', 'generation_config.json', 'tokenizer.json']) {
    expect(Buffer.compare(files.get(name)?.bytes ?? new Uint8Array(), readFileSync(join(out, name))), name).toBe(0);
  }
});
