import { expect, test } from 'vitest';
import { ensembleAnswerer } from '../eval/ensemble';
import { modelAnswerer } from '../eval/model_answerer';
import { perplexityWeights, PromptLosses, uniformWeights } from '../eval/weights';
import { merge } from '../fusion/merge/merge';
import { MERGES } from '../fusion/merge/merges';
import type { MergeSettings } from '../fusion/merge/settings';
import { Generator } from '../model/generate';
import { apart, LONG } from '../testing/apart';
import { studio, studioFiles as files } from '../testing/tiny_studio';
import { type AnswerModel, EXPERTS, type GenerateRequest } from './protocol';

/** Unlike enough from the defaults to be told apart. */
const TUNED: readonly MergeSettings[] = [
  { method: 'task-arithmetic', scales: [1.5, 0.2, 0.7] }, { method: 'ties', density: 0.7, scale: 2 },
  { method: 'dare', drop: 0.3, scales: [1.2], seed: 5 }, { method: 'slerp', weights: [1, 4, 2] },
];
const TEMPERATURE = 0.01;

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
