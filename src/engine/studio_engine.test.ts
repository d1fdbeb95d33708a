import { expect, test } from 'vitest';
import { encodePrompt } from '../data/encode';
import { ensembleAnswerer } from '../eval/ensemble';
import { modelAnswerer } from '../eval/model_answerer';
import { perplexityWeights, PromptLosses, uniformWeights } from '../eval/weights';
import type { HostModel } from '../fusion/assemble';
import { merge } from '../fusion/merge/merge';
import { MERGES } from '../fusion/merge/merges';
import type { MergeSettings } from '../fusion/merge/settings';
import { nodeGpu } from '../headless/node_gpu';
import { Generator } from '../model/generate';
import { FROZEN } from '../model/policy';
import { ParameterStore } from '../model/store';
import { asTrained, mutedToForce, type Intervention } from '../model/intervention';
import { FusionRun } from '../train/fusion_run';
import { TINY } from '../testing/tiny_model';
import { DENSE, NAMES, siteOf, studio, studioFiles as files } from '../testing/tiny_studio';
import { loadEmbedded } from './embedded';
import { embeddedMaterial } from './material';
import { runRows } from './material_rows';
import { type AnswerModel, type Event, EXPERTS, type GenerateRequest, type RouterIntervention, transferables } from './protocol';
import { fusionRecipe, PRESETS, type RunRecipe } from './recipe';

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
    type: 'pulled', id: 21, step: before?.step, levers: { gateWeight: 50, drift: RECIPE.drift, learningRate: 0.5 },
  });
  engine.handle({ type: 'step' });
  const next = (before?.step ?? 0) + 1;
  await until((event) => event.type === 'metrics' && event.points.some(({ step }) => step === next));
  const after = events.flatMap((event) => (event.type === 'metrics' ? event.points : [])).find(({ step }) => step === next);
  const { lm = NaN, gate = NaN, loss, drift = [] } = after ?? {};
  expect(loss).toBeCloseTo(lm + 50 * gate + drift.reduce((sum, moved) => sum + RECIPE.drift * moved, 0), 3);
  engine.handle({ type: 'stop' });
  expect(await until((event) => event.type === 'done' && event.id === 2)).toMatchObject({ reason: 'cancelled' });
  expect(await ask({ type: 'pull', id: 22, levers: { drift: 1 } })).toMatchObject({ type: 'failed', error: { detail: { file: 'the run' } } });
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

/** Unlike enough from the defaults to be told apart. */
const TUNED: readonly MergeSettings[] = [
  { method: 'task-arithmetic', scales: [1.5, 0.2, 0.7] }, { method: 'ties', density: 0.7, scale: 2 },
  { method: 'dare', drop: 0.3, scales: [1.2], seed: 5 }, { method: 'slerp', weights: [1, 4, 2] },
];
const TEMPERATURE = 0.01;
/** Answers that are long enough to differ where the models do. */
const LONG: GenerateRequest = { ...QUESTION, prompt: 'fedcab', maxNewTokens: 20 };

/** What the engine's models say to LONG, one after another. */
async function answers(models: readonly AnswerModel[], have: ReturnType<typeof files>, change: Partial<GenerateRequest> = {}): Promise<string[]> {
  const { events, ask } = studio(have);
  await ask({ type: 'open', id: 1, modelsUrl: '' });
  const texts: string[] = [];
  for (const model of models) {
    const id = 2 + texts.length;
    expect(await ask({ type: 'generate', id, ...LONG, ...change, model })).toMatchObject({ type: 'done' });
    texts.push(events.flatMap((event) => (event.type === 'token' && event.id === id ? [event.text] : [])).join(''));
  }
  return texts;
}

/** The same files outside the engine: models, tokens of LONG, and how ids are read. */
async function apart(have: ReturnType<typeof files>) {
  const { models, tokenizer } = await loadEmbedded(siteOf(have), () => undefined);
  const gpu = await nodeGpu(() => undefined);
  const experts = EXPERTS.map((expert) => models[expert]);
  const open = ({ weights }: HostModel): ParameterStore => {
    const store = new ParameterStore(gpu, DENSE, FROZEN);
    store.load(weights);
    return store;
  };
  const read = (ids: readonly number[]): string => {
    const stream = tokenizer.stream();
    return ids.map((id) => stream.push(id)).join('') + stream.flush();
  };
  return { base: models.base, experts, open, read, prompt: encodePrompt(tokenizer, `${LONG.prompt}\n`) };
}

test('every merge answers as its merged model does, as the manifest tuned it and by default', async () => {
  const tuned = [{ method: 'soup' } as const, ...TUNED];
  for (const [settings, have] of [
    [Object.values(MERGES).map(({ defaults }) => defaults), files()],
    [tuned, files({ baselines: TUNED.map((each) => ({ id: each.method, settings: each })) })],
  ] as const) {
    const { base, experts, open, read, prompt } = await apart(have);
    const want: string[] = [];
    for (const each of settings) {
      const ids: number[] = [];
      const run = new Generator(open(merge(base, experts, each))).run(prompt, { ...LONG, eos: [1] });
      for await (const { id } of run) ids.push(id);
      want.push(read(ids));
    }
    const methods = settings.map(({ method }) => method);
    expect(new Set(want).size).toBeGreaterThan(2);
    // The first once more, after the others stood in its place.
    expect(await answers([...methods, 'soup'], have)).toEqual([...want, want[0]]);
  }
});

test('the ensembles answer as those of the evaluation do, and not as one of their members', async () => {
  const have = files({ baselines: [{ id: 'ensemble-perplexity', temperature: TEMPERATURE }] });
  const { experts, open, read, prompt } = await apart(have);
  const stores = experts.map(open);
  const losses = new PromptLosses(stores.map((store) => modelAnswerer('member', store)));
  const want: string[] = [];
  for (const weights of [uniformWeights(3), perplexityWeights(losses, TEMPERATURE)]) {
    const [ids = []] = await ensembleAnswerer('ensemble', stores, weights).greedy([prompt], { maxNewTokens: LONG.maxNewTokens, eos: [1] });
    want.push(read(ids));
  }
  const got = await answers(['ensemble-mean', 'ensemble-perplexity', 'ensemble-mean', ...EXPERTS], have);
  expect(got.slice(0, 3)).toEqual([...want, want[0]]);
  expect(got.slice(3)).not.toContain(want[0]);
  expect(want[1]).not.toBe(want[0]);
});

test('an ensemble draws tokens by the seed, stops when it is told to, and refuses what is too long', async () => {
  const draws = { temperature: 1.5, topP: 0.9, maxNewTokens: 12 };
  const [first, again] = await answers(['ensemble-mean', 'ensemble-mean'], files(), draws);
  expect(again).toBe(first);
  expect(await answers(['ensemble-mean'], files(), { ...draws, seed: 2 })).not.toEqual([first]);
  const { engine, events, ask } = studio(files(), (event) => { if (event.type === 'token') engine.handle({ type: 'cancel', id: event.id }); });
  await ask({ type: 'open', id: 1, modelsUrl: '' });
  for (const [i, model] of (['ensemble-perplexity', 'ties'] as const).entries()) {
    expect(await ask({ type: 'generate', id: 10 + i, ...LONG, model, prompt: 'a'.repeat(40) })).toMatchObject({ error: { code: 'too-long' } });
    expect(await ask({ type: 'generate', id: 20 + i, ...LONG, model })).toMatchObject({ reason: 'cancelled' });
    expect(events.filter((event) => event.type === 'token' && event.id === 20 + i)).toHaveLength(1);
  }
});

test('a baseline out of range is refused when the models are loaded, by its place in the manifest', async () => {
  const have = files({ baselines: [{ id: 'soup', settings: { method: 'soup' } }, { id: 'dare', settings: { method: 'dare', drop: 1, scales: [1], seed: 1 } }] });
  expect(await studio(have).ask({ type: 'open', id: 1, modelsUrl: '' })).toMatchObject({
    type: 'failed', error: { code: 'bad-config', detail: { file: 'manifest.json', field: 'baselines[1].settings.drop', expected: 'a number from 0 to 0.99' } },
  });
});

/** The run of RECIPE outside the engine, which has the same bits, and what its model says to LONG. */
async function fusedApart(have: ReturnType<typeof files>) {
  const { experts, base, read, prompt } = await apart(have);
  const embedded = await loadEmbedded(siteOf(have), () => undefined);
  const recipe = fusionRecipe(RECIPE, EXPERTS.length, DENSE.context);
  const { train: rows } = await runRows(siteOf(have), embeddedMaterial(embedded), 'none', () => undefined);
  const { trainer, store } = await FusionRun.create(await nodeGpu(() => undefined), { base, experts, rows, recipe }, {});
  while (!trainer.finished) await trainer.advance();
  await trainer.drain();
  const generator = new Generator(store);
  return async (intervention?: Intervention): Promise<string> => {
    const ids: number[] = [];
    for await (const { id } of generator.run(prompt, { ...LONG, eos: [1] }, intervention)) ids.push(id);
    return read(ids);
  };
}

test('an intervention gives the text that it gives outside the engine, its routing, and one divergence a token', async () => {
  const have = files();
  const say = await fusedApart(have);
  const plain = asTrained({ experts: 3 });
  const nothing: RouterIntervention = { muted: [], bias: {}, temperature: 1 };
  const muted = { ...nothing, muted: ['harmless'] } as const;
  const { events, ask } = studio(have);
  await ask({ type: 'open', id: 1, modelsUrl: '' });
  await ask({ type: 'fuse', id: 2, recipe: RECIPE });
  const answer = async (id: number, change: Partial<GenerateRequest>) => {
    const done = await ask({ type: 'generate', id, ...LONG, ...change });
    const tokens = events.flatMap((event) => (event.type === 'token' && event.id === id ? [event] : []));
    return { done, tokens, text: tokens.map(({ text }) => text).join(''), kl: done.type === 'done' ? done.kl : undefined };
  };

  const free = await answer(3, {});
  expect(free.text).toBe(await say());
  expect(free.done).not.toHaveProperty('kl');
  const same = await answer(4, { intervention: nothing });
  expect(same.text).toBe(free.text);
  expect(same.kl).toEqual(same.tokens.map(() => 0));

  const quiet = await answer(5, { intervention: muted });
  expect(quiet.text).toBe(await say({ ...plain, muted: 0b010 }));
  expect(quiet.done).toMatchObject({ reason: 'length', step: 4 });
  expect(quiet.kl).toHaveLength(quiet.tokens.length);
  expect(Math.max(...(quiet.kl ?? []))).toBeGreaterThan(1e-6);
  expect(quiet.kl?.every((kl) => kl >= 0)).toBe(true);
  for (const event of quiet.tokens) {
    const { logits, probabilities, shares, adds, stream } = event.routing ?? {};
    expect([1, 4].map((at) => [probabilities?.[at], shares?.[at], adds?.[at]])).toEqual([[0, 0, 0], [0, 0, 0]]);
    expect(adds?.filter((length) => length > 0)).toHaveLength(4);
    expect([...(stream ?? [])].map((length) => length > 0)).toEqual([true, true]);
    expect(logits?.every((logit) => logit !== 0)).toBe(true);
    expect(transferables(event)).toEqual([logits, probabilities, shares, adds, stream].map((values) => values?.buffer));
  }

  const all: RouterIntervention = { muted: ['helpful', 'harmless'], bias: { honest: 3 }, temperature: 0.5, topK: 3, layers: [1] };
  const forced = { muted: mutedToForce(2, { experts: 3 }), bias: [0, 0, 3], temperature: 0.5, topK: 3, layers: [1] };
  expect((await answer(6, { intervention: all })).text).toBe(await say(forced));

  expect((await answer(7, { intervention: muted, model: 'honest' })).done).toMatchObject({
    error: { message: 'the intervention: expected the fused model, which alone has a router, got honest; ask the fused model.' },
  });
  expect((await answer(8, { intervention: { ...nothing, muted: EXPERTS } })).done).toMatchObject({ error: { detail: { field: 'muted' } } });
});

test('an answer under an intervention that is cancelled has no divergences', async () => {
  const { engine, ask } = studio(files(), (event) => { if (event.type === 'token') engine.handle({ type: 'cancel', id: event.id }); });
  await ask({ type: 'open', id: 1, modelsUrl: '' });
  await ask({ type: 'fuse', id: 2, recipe: RECIPE });
  const done = await ask({ type: 'generate', id: 3, ...LONG, intervention: { muted: ['helpful'], bias: {}, temperature: 1 } });
  expect(done).toEqual({ type: 'done', id: 3, reason: 'cancelled', step: 4 });
});

test('at any place of an answer each expert alone says what the model says with it forced, beside the fused one', async () => {
  const { events, ask, engine } = studio(files());
  await ask({ type: 'open', id: 1, modelsUrl: '' });
  expect(await ask({ type: 'alone', id: 2, prompt: 'abc', before: [], chosen: [4] })).toMatchObject({ error: { detail: { file: 'the fused model' } } });
  await ask({ type: 'fuse', id: 3, recipe: RECIPE });
  const tokensOf = (id: number) => events.flatMap((event) => (event.type === 'token' && event.id === id ? [event] : []));
  await ask({ type: 'generate', id: 4, ...LONG });
  const written = tokensOf(4);
  const place = (at: number) => ({ prompt: LONG.prompt, before: written.slice(0, at).flatMap(({ ids }) => ids), chosen: written[at]?.ids ?? [] });
  expect(written.every(({ ids }) => ids.length > 0)).toBe(true);
  const end = written.length - 1;
  expect(end).toBeGreaterThan(0);

  const late = await ask({ type: 'alone', id: 5, ...place(end) });
  const first = await ask({ type: 'alone', id: 6, ...place(0) });
  if (late.type !== 'alone' || first.type !== 'alone') throw new Error('alone was not answered');
  expect(late.step).toBe(4);
  expect(late.voices.map(({ who }) => who)).toEqual(['fused', ...EXPERTS]);
  for (const { top, logProbability } of late.voices) {
    expect(top).toHaveLength(5);
    top.forEach(({ probability }, i) => { expect(probability).toBeLessThanOrEqual(top[i - 1]?.probability ?? 1); });
    expect(logProbability).toBeLessThan(0);
  }
  // Greedily written: the fused model's first word is the one that stands there, and its probability says the same twice.
  const [fused] = late.voices;
  expect(fused?.top[0]).toMatchObject({ text: written[end]?.text, chosen: true });
  expect(Math.exp(fused?.logProbability ?? NaN)).toBeCloseTo(fused?.top[0]?.probability ?? NaN, 10);
  // The first word of an answer under the forcing is what that expert alone says first.
  for (const [e, expert] of EXPERTS.entries()) {
    const id = 10 + e;
    await ask({ type: 'generate', id, ...LONG, maxNewTokens: 1, intervention: { muted: EXPERTS.filter((other) => other !== expert), bias: {}, temperature: 1 } });
    expect(first.voices[e + 1]?.top[0]?.text).toBe(tokensOf(id)[0]?.text);
  }

  expect(await ask({ type: 'alone', id: 20, ...place(end), chosen: [] })).toMatchObject({ error: { detail: { field: 'chosen' } } });
  expect(await ask({ type: 'alone', id: 21, ...place(end), before: [999] })).toMatchObject({ error: { code: 'bad-option' } });
  const stopped = ask({ type: 'alone', id: 22, ...place(end) });
  engine.handle({ type: 'cancel', id: 22 });
  expect(await stopped).toEqual({ type: 'done', id: 22, reason: 'cancelled' });
});
