import { expect, test } from 'vitest';
import { nodeGpu } from '../headless/node_gpu';
import { Generator } from '../model/generate';
import { asTrained, mutedToForce, type Intervention } from '../model/intervention';
import { apart, LONG } from '../testing/apart';
import { DENSE, siteOf, studio, studioFiles as files } from '../testing/tiny_studio';
import { FusionRun } from '../train/fusion_run';
import { loadEmbedded } from './embedded';
import { embeddedMaterial } from './material';
import { runRows } from './material_rows';
import { EXPERTS, type GenerateRequest, type RouterIntervention, transferables } from './protocol';
import { fusionRecipe, PRESETS, type RunRecipe } from './recipe';

const RECIPE: RunRecipe = { ...PRESETS.default, steps: 3, warmupSteps: 1, batch: 3 };

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
