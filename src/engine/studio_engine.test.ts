import { expect, test } from 'vitest';
import { missingFile } from '../formats/file_source';
import type { ModelConfig } from '../formats/hf_config';
import { writeModel } from '../formats/model_files';
import { nodeGpu } from '../headless/node_gpu';
import { hostWeights, TINY } from '../testing/tiny_model';
import type { Command, Event, GenerateRequest } from './protocol';
import { PRESETS, type RunRecipe } from './recipe';
import { StudioEngine } from './studio_engine';

const DENSE: ModelConfig = { ...TINY, experts: 1, topK: 1, bos: 0, eos: [1] };
const NAMES = ['helpful', 'harmless', 'honest'];
const RECIPE: RunRecipe = { ...PRESETS.default, steps: 3, warmupSteps: 1, batch: 3 };
const QUESTION: GenerateRequest = { model: 'fused', prompt: 'abc', maxNewTokens: 4, temperature: 0, topP: 1, seed: 1 };

const LETTERS = Array.from('abcdefghijklmnopqrstuvwxyz');

/** A letter is a token: 31 of them. */
function tokenizer(): string {
  const tokens = ['<s>', '</s>', '<unk>', ' ', '\n', ...LETTERS];
  const vocab = Object.fromEntries(tokens.map((token, id) => [token, id]));
  return JSON.stringify({ model: { type: 'BPE', vocab, merges: [], unk_token: '<unk>' }, added_tokens: [] });
}

function files(): Map<string, Uint8Array<ArrayBuffer>> {
  const text = new TextEncoder();
  const rows = (letter: string): string => JSON.stringify(LETTERS.slice(0, 20).map((first) => ({ instruction: `${first}${letter}`, output: letter.repeat(3) })));
  const all = new Map([
    ['manifest.json', text.encode(JSON.stringify({
      version: 1, template: 'plain', prompts: ['abc'],
      models: ['base', ...NAMES].map((id) => ({ id, name: id, description: id, path: id })),
      datasets: NAMES.map((id) => ({ id, file: `data/${id}.json`, rows: 20 })),
    }))],
    ['tokenizer.json', text.encode(tokenizer())],
    ...NAMES.map((id, i): [string, Uint8Array<ArrayBuffer>] => [`data/${id}.json`, text.encode(rows('xyz'[i] ?? 'x'))]),
  ]);
  for (const model of ['base', ...NAMES]) {
    for (const [name, bytes] of writeModel(DENSE, hostWeights(DENSE))) all.set(`${model}/${name}`, bytes);
  }
  return all;
}

/** An engine on the real adapter, with what it said; `until` waits for an event. */
function studio(have = files()) {
  const events: Event[] = [];
  const engine = new StudioEngine({
    emit: (event) => events.push(event),
    acquire: () => nodeGpu(() => undefined),
    site: () => (path) => {
      const bytes = have.get(path);
      return bytes === undefined ? Promise.reject(missingFile('', path)) : Promise.resolve(bytes);
    },
  });
  const until = async (found: (event: Event) => boolean): Promise<Event> => {
    for (;;) {
      const event = events.find(found);
      if (event !== undefined) return event;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  const ask = (command: Command & { id: number }): Promise<Event> => {
    engine.handle(command);
    return until((event) => 'id' in event && event.id === command.id && event.type !== 'token');
  };
  return { engine, events, until, ask };
}

const phases = (events: readonly Event[]): string[] =>
  events.flatMap((event) => (event.type === 'runState' ? [event.status.phase] : [])).filter((phase, i, all) => phase !== all[i - 1]);

test('open, fuse, answer: cards, every step, router shares that sum to 1', async () => {
  const { events, ask } = studio();
  expect((await ask({ type: 'open', id: 1, modelsUrl: '' })).type).toBe('ready');
  const cards = events.flatMap((event) => (event.type === 'models' ? event.cards : []));
  expect(cards.map(({ id, rows }) => [id, rows])).toEqual([['base', undefined], ...NAMES.map((id) => [id, 20])]);
  expect(await ask({ type: 'fuse', id: 2, recipe: RECIPE })).toEqual({ type: 'done', id: 2, reason: 'end' });
  const points = events.flatMap((event) => (event.type === 'metrics' ? event.points : []));
  expect(points.map(({ step, phase }) => [step, phase])).toEqual([[1, 'warmup'], [2, 'tune'], [3, 'tune'], [4, 'tune']]);
  expect(points.at(-1)?.router?.probability).toHaveLength(TINY.layers);
  expect(phases(events)).toEqual(['preparing', 'running', 'finished']);
  expect((await ask({ type: 'generate', id: 3, ...QUESTION })).type).toBe('done');
  const tokens = events.flatMap((event) => (event.type === 'token' ? [event] : []));
  expect(tokens.length).toBeGreaterThan(0);
  for (const { routing } of tokens) {
    expect(routing).toMatchObject({ layers: TINY.layers, experts: 3 });
    for (let layer = 0; layer < TINY.layers; layer++) {
      const shares = [...(routing?.shares.subarray(3 * layer, 3 * layer + 3) ?? [])];
      expect(shares.reduce((a, b) => a + b)).toBeCloseTo(1, 5);
      expect(shares.filter((share) => share > 0)).toHaveLength(2);
    }
  }
});

test('pause stops the run, a dense model answers meanwhile, stop ends it, and what was fused stays', async () => {
  const { engine, events, until, ask } = studio();
  await ask({ type: 'open', id: 1, modelsUrl: '' });
  engine.handle({ type: 'fuse', id: 2, recipe: { ...RECIPE, steps: 500, routerInit: 'random' } });
  await until((event) => event.type === 'metrics');
  engine.handle({ type: 'pause' });
  await until((event) => event.type === 'runState' && event.status.phase === 'paused');
  expect((await ask({ type: 'generate', id: 3, ...QUESTION, model: 'honest' })).type).toBe('done');
  expect(events.some((event) => event.type === 'token' && event.id === 3 && event.routing === undefined)).toBe(true);
  engine.handle({ type: 'stop' });
  expect(await until((event) => event.type === 'done' && event.id === 2)).toMatchObject({ reason: 'cancelled' });
  const refused = await ask({ type: 'fuse', id: 4, recipe: { ...RECIPE, topK: 4 } });
  expect(refused).toMatchObject({ type: 'failed', error: { code: 'bad-option' } });
  expect((await ask({ type: 'generate', id: 5, ...QUESTION })).type).toBe('done');
});

test('a missing model file is named, and a prompt that is too long is refused with its own id', async () => {
  const broken = files();
  broken.delete('harmless/model.safetensors');
  expect(await studio(broken).ask({ type: 'open', id: 1, modelsUrl: '' })).toMatchObject({
    type: 'failed', id: 1, error: { code: 'missing-file', detail: { file: 'harmless/model.safetensors' } },
  });
  const { ask } = studio();
  await ask({ type: 'open', id: 1, modelsUrl: '' });
  expect(await ask({ type: 'generate', id: 2, ...QUESTION, model: 'base', prompt: 'a'.repeat(40) })).toMatchObject({
    type: 'failed', id: 2, error: { code: 'too-long' },
  });
  expect(await ask({ type: 'generate', id: 3, ...QUESTION })).toMatchObject({ type: 'failed', error: { code: 'bad-option' } });
});
