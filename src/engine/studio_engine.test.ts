import { expect, test } from 'vitest';
import { TINY } from '../testing/tiny_model';
import { NAMES, studio, studioFiles as files } from '../testing/tiny_studio';
import type { Event, GenerateRequest } from './protocol';
import { PRESETS, type RunRecipe } from './recipe';

const RECIPE: RunRecipe = { ...PRESETS.default, steps: 3, warmupSteps: 1, batch: 3 };
const QUESTION: GenerateRequest = { model: 'fused', prompt: 'abc', maxNewTokens: 4, temperature: 0, topP: 1, seed: 1 };

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
  expect(await ask({ type: 'generate', id: 3, ...QUESTION })).toMatchObject({ type: 'done', step: 4 });
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
  expect(await ask({ type: 'generate', id: 3, ...QUESTION, model: 'honest' })).not.toHaveProperty('step');
  expect(events.some((event) => event.type === 'token' && event.id === 3 && event.routing === undefined)).toBe(true);
  // The levers act from the next step on, and all of them are told.
  expect(await ask({ type: 'pull', id: 20, levers: { gateWeight: 101 } })).toMatchObject({ type: 'failed', error: { code: 'bad-option', detail: { field: 'gateWeight' } } });
  const before = events.flatMap((event) => (event.type === 'metrics' ? event.points : [])).at(-1);
  expect(await ask({ type: 'pull', id: 21, levers: { gateWeight: 50, learningRate: 0.5 } })).toEqual({
    type: 'pulled', id: 21, step: before?.step, levers: { gateWeight: 50, drift: RECIPE.drift, learningRate: 0.5, topK: RECIPE.topK },
  });
  engine.handle({ type: 'step' });
  const next = (before?.step ?? 0) + 1;
  await until((event) => event.type === 'metrics' && event.points.some(({ step }) => step === next));
  const after = events.flatMap((event) => (event.type === 'metrics' ? event.points : [])).find(({ step }) => step === next);
  const { lm = NaN, gate = NaN, loss, drift = [] } = after ?? {};
  expect(loss).toBeCloseTo(lm + 50 * gate + drift.reduce((sum, moved) => sum + RECIPE.drift * moved, 0), 3);
  // Answers follow too: one expert has all of every token.
  expect(await ask({ type: 'pull', id: 23, levers: { topK: 4 } })).toMatchObject({ type: 'failed', error: { code: 'bad-option', detail: { field: 'topK' } } });
  expect(await ask({ type: 'pull', id: 24, levers: { topK: 1 } })).toMatchObject({ type: 'pulled', step: next, levers: { gateWeight: 50, learningRate: 0.5, topK: 1 } });
  expect((await ask({ type: 'generate', id: 25, ...QUESTION })).type).toBe('done');
  const shares = events.flatMap((event) => (event.type === 'token' && event.id === 25 ? [...(event.routing?.shares ?? [])] : []));
  expect(shares.filter((share) => share > 0)).toEqual(Array.from({ length: shares.length / 3 }, () => 1));
  expect(shares.length).toBeGreaterThan(0);
  engine.handle({ type: 'stop' });
  expect(await until((event) => event.type === 'done' && event.id === 2)).toMatchObject({ reason: 'cancelled' });
  expect(await ask({ type: 'pull', id: 22, levers: { drift: 1 } })).toMatchObject({ type: 'failed', error: { detail: { file: 'the run' } } });
  const refused = await ask({ type: 'fuse', id: 4, recipe: { ...RECIPE, topK: 4 } });
  expect(refused).toMatchObject({ type: 'failed', error: { code: 'bad-option' } });
  expect((await ask({ type: 'generate', id: 5, ...QUESTION })).type).toBe('done');
});

test('a run that is stopped while it is prepared leaves the one before as it was', async () => {
  const { engine, events, until, ask } = studio();
  await ask({ type: 'open', id: 1, modelsUrl: '' });
  await ask({ type: 'fuse', id: 2, recipe: RECIPE });
  const before = await ask({ type: 'generate', id: 3, ...QUESTION });
  const text = (id: number): string[] => events.flatMap((event) => (event.type === 'token' && event.id === id ? [event.text] : []));
  for (const [id, waits] of [[4, 'preparing'], [5, 'router']] as const) {
    const at = events.length;
    engine.handle({ type: 'fuse', id, recipe: { ...RECIPE, steps: 50, seed: 9 } });
    // At once, and in the middle of the router's fit.
    if (waits === 'router') await until((event) => event.type === 'progress' && event.stage === 'router' && events.indexOf(event) >= at);
    engine.handle({ type: 'stop' });
    expect(await until((event) => event.type === 'done' && event.id === id)).toMatchObject({ reason: 'cancelled' });
    expect(phases(events.slice(at))).toEqual(['preparing', 'finished']);
  }
  // While an answer keeps the next model from its place.
  const at = events.length;
  engine.handle({ type: 'fuse', id: 9, recipe: { ...RECIPE, steps: 50, seed: 9 } });
  await until((event) => event.type === 'progress' && event.stage === 'compile' && events.indexOf(event) >= at);
  engine.handle({ type: 'generate', id: 10, ...QUESTION });
  await until((event) => event.type === 'token' && event.id === 10);
  engine.handle({ type: 'stop' });
  expect(await until((event) => event.type === 'done' && event.id === 9)).toMatchObject({ reason: 'cancelled' });
  expect(phases(events.slice(at))).toEqual(['preparing', 'finished']);
  expect(await ask({ type: 'generate', id: 6, ...QUESTION })).toMatchObject({ ...before, id: 6 });
  expect(text(6)).toEqual(text(3));
  expect(await ask({ type: 'fuse', id: 7, recipe: RECIPE })).toMatchObject({ reason: 'end' });
  // Experts and routers have moved, attention is frozen.
  const moved = await ask({ type: 'drift', id: 8 });
  const { step, rows } = moved.type === 'drifted' ? moved.drift : { step: 0, rows: {} };
  expect(step).toBe(4);
  expect(rows['layers.0.self_attn.*']).toEqual([0]);
  for (const name of ['layers.0.mlp.up_proj', 'layers.0.router']) for (const share of rows[name] ?? [0]) expect(share).toBeGreaterThan(0);
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
