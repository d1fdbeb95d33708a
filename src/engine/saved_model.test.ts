import { expect, test } from 'vitest';
import { encodePrompt } from '../data/encode';
import { loadTokenizer } from '../data/tokenizer';
import { memorySource } from '../formats/file_source';
import { readModel } from '../formats/model_files';
import { nodeGpu } from '../headless/node_gpu';
import { Generator } from '../model/generate';
import { FROZEN } from '../model/policy';
import { ParameterStore } from '../model/store';
import { storedFiles } from '../testing/stored_zip';
import { NAMES, studio } from '../testing/tiny_studio';
import { hostWeights, TINY } from '../testing/tiny_model';
import type { SavedModel } from './evaluation';
import type { Event } from './protocol';
import { PRESETS, type RunRecipe } from './recipe';
import { savedModel } from './saved_model';

const RECIPE: RunRecipe = { ...PRESETS.default, steps: 2, warmupSteps: 1, batch: 3, routerInit: 'random' };

function requireSaved(event: Event): SavedModel {
  if (event.type !== 'savedFused') throw new Error(`save was answered by ${event.type}`);
  return event.result;
}

test('the saved model is read again, and says the same as the one that was saved', async () => {
  const { events, ask } = studio();
  await ask({ type: 'open', id: 1, modelsUrl: '' });
  expect(await ask({ type: 'saveFused', id: 2 })).toMatchObject({ type: 'failed', error: { code: 'bad-option', detail: { file: 'the fused model' } } });
  await ask({ type: 'fuse', id: 3, recipe: RECIPE });
  const { zip, step, files } = requireSaved(await ask({ type: 'saveFused', id: 4 }));
  expect(step).toBe(3);
  expect(files).toEqual(['config.json', 'generation_config.json', 'model.safetensors', 'tokenizer.json']);

  const found = new Map([...storedFiles(new Uint8Array(zip))].map(([name, { bytes }]) => [name, Uint8Array.from(bytes)]));
  const { config, weights, rawConfig } = await readModel(memorySource('saved', found));
  expect(config).toMatchObject({ experts: 3, topK: RECIPE.topK, expertNames: NAMES });
  expect(rawConfig.get('h3fusion')).toBeDefined();
  const facts = JSON.parse(new TextDecoder().decode(found.get('config.json'))) as { h3fusion: object };
  expect(facts.h3fusion).toMatchObject({ made: 'fuse', stepsDone: 3, stopped: false, recipe: { steps: 2, seed: 1, gateWeight: RECIPE.gateWeight } });

  const tokenizer = loadTokenizer(found.get('tokenizer.json') ?? new Uint8Array(), undefined, 'tokenizer.json', { bos: 0, eos: 1 });
  const store = new ParameterStore(await nodeGpu(() => undefined), config, FROZEN);
  store.load(weights);
  const ids: number[] = [];
  for await (const { id } of new Generator(store).run(encodePrompt(tokenizer, 'abc\n'), { maxNewTokens: 6, temperature: 0, topP: 1, seed: 1, eos: [1] })) ids.push(id);
  await ask({ type: 'generate', id: 5, model: 'fused', prompt: 'abc', maxNewTokens: 6, temperature: 0, topP: 1, seed: 1 });
  const said = events.flatMap((event) => (event.type === 'token' ? [event.text] : [])).join('');
  expect(tokenizer.decode(ids.filter((id) => id !== 1))).toBe(said);
});

test('what no command repeats is said in the file: a fault, a fork, and the recipe as it was asked for', async () => {
  const { ask } = studio();
  await ask({ type: 'open', id: 1, modelsUrl: '' });
  const recipe: RunRecipe = { ...RECIPE, steps: 4, routerInit: 'ridge', fault: 'one-label' };
  await ask({ type: 'fuse', id: 2, recipe, run: 'a' });
  await ask({ type: 'fuse', id: 3, recipe, run: 'b', from: { run: 'a', step: 2 } });
  const { zip } = requireSaved(await ask({ type: 'saveFused', id: 4 }));
  const config = storedFiles(new Uint8Array(zip)).get('config.json')?.bytes;
  const { h3fusion } = JSON.parse(new TextDecoder().decode(config)) as { h3fusion: object };
  expect(h3fusion).toMatchObject({ fault: 'one-label', forkedAfter: 2, stepsDone: 5, recipe: { routerInit: 'ridge' } });
});

test('a weight that is no number is named, and so is a tokenizer that is missing', async () => {
  const weights = hostWeights(TINY);
  const made = { host: { name: 'fused', config: TINY, weights }, step: 1, facts: {} };
  await expect(savedModel((path) => Promise.reject(new Error(`no ${path}`)), made)).rejects.toThrow('no tokenizer.json');
  const [name = '', tensor] = [...weights][3] ?? [];
  if (tensor !== undefined) tensor.data[2] = NaN;
  await expect(savedModel(() => Promise.resolve(new Uint8Array()), made)).rejects.toMatchObject({ code: 'not-finite', detail: { field: `${name}[2]` } });
});
