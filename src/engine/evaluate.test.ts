import { expect, test } from 'vitest';
import type { Answerer } from '../eval/answerer';
import { expertDrift } from '../eval/drift';
import { ensembleAnswerer } from '../eval/ensemble';
import { evaluateSuite, type SuiteResult } from '../eval/evaluate';
import { modelAnswerer } from '../eval/model_answerer';
import type { Suite } from '../eval/suite';
import { limitSuite } from '../eval/suite_files';
import { suiteRouting } from '../eval/suite_routing';
import { perplexityWeights, PromptLosses, uniformWeights } from '../eval/weights';
import { assemble, type HostModel } from '../fusion/assemble';
import { merge } from '../fusion/merge/merge';
import { MERGES } from '../fusion/merge/merges';
import { nodeGpu } from '../headless/node_gpu';
import type { ParameterStore } from '../model/store';
import { hostWeights } from '../testing/tiny_model';
import { siteOf, studio, studioFiles } from '../testing/tiny_studio';
import { openStore } from './sources';
import { loadEmbedded } from './embedded';
import { Evaluator } from './evaluator';
import { type AnswerModel, type Event, EXPERTS } from './protocol';
import { PRESETS, type RunRecipe } from './recipe';
import { Turns } from './turns';
import { Writers } from './writers';

const RECIPE: RunRecipe = { ...PRESETS.default, steps: 3, warmupSteps: 1, batch: 3, routerInit: 'random' };
const LETTERS = ['a', 'bc', 'def', 'ghij', 'kl', 'm'];

function suiteOf(responses: readonly string[] = []): Suite {
  return {
    helpful: LETTERS.map((prompt, i) => ({ prompt, response: responses[i] ?? prompt, family: 'f', open: false })),
    harmless: LETTERS.map((letters, i) => ({ prompt: `x${letters}`, harmful: i % 2 === 0, category: '' })),
    honest: LETTERS.map((letters) => ({ prompt: `y${letters}`, family: 'myth', correct: [letters], incorrect: ['zz', 'qrs'] })),
  };
}

/** As it is read from a file: a line a prompt. */
function read({ helpful, harmless, honest }: Suite): Suite {
  const line = <Item extends { readonly prompt: string }>(item: Item): Item => ({ ...item, prompt: `${item.prompt}\n` });
  return { helpful: helpful.map(line), harmless: harmless.map(line), honest: honest.map(line) };
}

/** The studio's files with the same suite for both splits. */
function filesWith(suite: Suite): ReturnType<typeof studioFiles> {
  const have = studioFiles();
  for (const split of ['test', 'validation']) {
    for (const kind of EXPERTS) have.set(`suite/${split}/${kind}.json`, new TextEncoder().encode(JSON.stringify(suite[kind])));
  }
  return have;
}

/** Everything outside the engine, measured with evaluateSuite alone. */
async function apart() {
  const { models, tokenizer } = await loadEmbedded(siteOf(studioFiles()), () => undefined);
  const gpu = await nodeGpu(() => undefined);
  const open = (host: Pick<HostModel, 'config' | 'weights'>): Promise<ParameterStore> => openStore(gpu, host);
  const measure = (answerer: Answerer, suite: Suite): Promise<SuiteResult> =>
    evaluateSuite(answerer, read(suite), tokenizer, { maxNewTokens: 48, seed: 1, maxLength: 32, eos: [1] });
  return { models, tokenizer, gpu, open, measure, experts: EXPERTS.map((expert) => models[expert]) };
}

/** Helpful's own answers are right for some of the tasks: a measure that is neither 0 nor 1, and another for every model. */
async function partlyRight({ open, measure, models }: Awaited<ReturnType<typeof apart>>): Promise<Suite> {
  const { helpful } = await measure(modelAnswerer('helpful', await open(models.helpful)), suiteOf());
  return suiteOf(helpful?.records.map(({ answer }, i) => (i % 2 === 0 && answer !== '' ? answer : 'other')) ?? []);
}

/** What the page gets of a result. */
function told({ helpful, harmless, honest, hhh }: SuiteResult): object {
  const score = (each: SuiteResult['hhh']) => ({ value: each?.value, low: each?.low, high: each?.high });
  return {
    rows: { helpful: helpful?.rows, harmful: harmless?.harmful.rows, benign: harmless?.benign?.rows, honest: honest?.rows },
    helpful: score(helpful), harmless: score(harmless), honest: score(honest), hhh: score(hhh),
    details: {
      refusesHarmful: harmless?.harmful.refusal, refusesBenign: harmless?.benign?.refusal, partial: harmless?.harmful.partial,
      mc1: honest?.mc1, truth: honest?.truth,
    },
  };
}

const ended = (events: readonly Event[]) => events.flatMap((event) => (event.type === 'evaluating' && event.done === event.total ? [event] : []));
const results = (events: readonly Event[]) => events.flatMap((event) => (event.type === 'evaluated' ? [event.result] : []));

test('every model measures as evaluateSuite has it: sources, merges and ensembles, in the order asked for', async () => {
  const outside = await apart();
  const { open, measure, models, experts } = outside;
  const suite = await partlyRight(outside);
  const stores = await Promise.all(experts.map(open));
  const losses = new PromptLosses(stores.map((store) => modelAnswerer('member', store)));
  const ties = await open(merge(models.base, experts, MERGES.ties.defaults));
  const answerers: [AnswerModel, Answerer][] = [
    ['honest', modelAnswerer('honest', await open(models.honest))],
    ['helpful', modelAnswerer('helpful', await open(models.helpful))],
    ['ties', modelAnswerer('ties', ties)],
    ['ensemble-mean', ensembleAnswerer('mean', stores, uniformWeights(3))],
    ['ensemble-perplexity', ensembleAnswerer('perplexity', stores, perplexityWeights(losses, 0.1))],
  ];
  const asked = answerers.map(([model]) => model);
  const want: object[] = [];
  for (const [model, answerer] of answerers) want.push({ model, ...told(await measure(answerer, limitSuite(suite, 5))) });

  const { events, ask } = studio(filesWith(suite));
  await ask({ type: 'open', id: 1, modelsUrl: '' });
  expect(await ask({ type: 'evaluate', id: 2, models: asked, split: 'test', limit: 5 })).toEqual({ type: 'done', id: 2, reason: 'end' });
  const got = results(events);
  expect(got.map(({ seconds: _, ...each }) => each)).toEqual(want);
  expect(JSON.parse(JSON.stringify(got))).toEqual(got);
  expect(got[1]?.helpful.value).toBeGreaterThan(0);
  expect(got[1]?.helpful.value).toBeLessThan(1);
  expect(new Set(got.map(({ hhh }) => hhh.value)).size).toBeGreaterThan(2);
  // 5 prompts of each kind, and 5 times 3 answers.
  expect(ended(events).map(({ model, total }) => [model, total])).toEqual(asked.map((model) => [model, 30]));
});

test('the fused model is measured and examined as it stands: routers, drift, and without each expert', async () => {
  const { models, tokenizer, gpu, open, measure, experts } = await apart();
  const suite = suiteOf();
  const start = assemble(models.base, experts, { topK: 2, routing: 'token' });
  const gates = [...hostWeights(start.config, 9)].filter(([name]) => name.includes('.gate.'));
  const host = { ...start, weights: new Map([...start.weights, ...gates]) };
  const moved = host.weights.get([...host.weights.keys()].find((name) => name.includes('experts.1')) ?? '');
  if (moved !== undefined) moved.data.set([(moved.data[0] ?? 0) + 1]);
  const store = await open(host);
  const events: Event[] = [];
  const embedded = await loadEmbedded(siteOf(studioFiles()), () => undefined);
  const evaluator = new Evaluator({
    gpu, embedded, site: siteOf(filesWith(suite)), writers: new Writers(gpu, embedded), turns: new Turns(),
    emit: (event) => events.push(event), fused: () => ({ store, trainer: { step: 7 }, sources: { base: embedded.models.base, experts: EXPERTS.map((expert) => embedded.models[expert]) } }),
  });
  const { signal } = new AbortController();
  await evaluator.evaluate(1, { models: ['fused'], split: 'validation' }, signal);
  const [{ seconds: _, ...measured } = { seconds: 0 }] = results(events);
  expect(measured).toEqual({ model: 'fused', step: 7, ...told(await measure(modelAnswerer('fused', store), suite)) });

  events.length = 0;
  await evaluator.examine(2, signal);
  const [result] = events.flatMap((event) => (event.type === 'examined' ? [event.result] : []));
  expect(result?.step).toBe(7);
  expect(result?.router).toEqual(await suiteRouting(store, read(suite), tokenizer));
  expect(result?.drift).toEqual(expertDrift(embedded.models.base, EXPERTS.map((expert) => embedded.models[expert]), host));
  expect(result?.drift.byExpert.map((drift) => drift.moved > 0)).toEqual([false, true, false]);
  const ablation: object[] = [];
  for (const [e, muted] of EXPERTS.entries()) {
    ablation.push({ muted, ...told(await measure(modelAnswerer('muted', store, { muted: 1 << e }), suite)) });
  }
  expect(result?.ablation).toEqual(ablation);
  expect(ended(events).map(({ part, total }) => [part, total])).toEqual([['router', 18], ...EXPERTS.map((expert) => [expert, 36])]);
});

test('an evaluation ends at its next batch when it is cancelled, and what was measured stays', async () => {
  const { engine, events, ask } = studio(filesWith(suiteOf()), (event) => {
    if (event.type === 'evaluated' && event.id === 2) engine.handle({ type: 'cancel', id: 2 });
    if (event.type === 'evaluating' && event.id === 3) engine.handle({ type: 'cancel', id: 3 });
  });
  await ask({ type: 'open', id: 1, modelsUrl: '' });
  expect(await ask({ type: 'evaluate', id: 2, models: ['base', 'soup'], split: 'test' })).toMatchObject({ type: 'done', reason: 'cancelled' });
  expect(results(events).map(({ model }) => model)).toEqual(['base']);
  expect(await ask({ type: 'evaluate', id: 3, models: ['soup'], split: 'test' })).toMatchObject({ type: 'done', reason: 'cancelled' });
  expect(results(events)).toHaveLength(1);
});

test('answers are written between batches, and a run goes on while its model is measured', async () => {
  let asked = false;
  const { engine, events, until, ask } = studio(filesWith(suiteOf()), (event) => {
    if (event.type !== 'evaluating' || asked) return;
    asked = true;
    engine.handle({ type: 'generate', id: 10, model: 'soup', prompt: 'abc', maxNewTokens: 2, temperature: 0, topP: 1, seed: 1 });
  });
  await ask({ type: 'open', id: 1, modelsUrl: '' });
  engine.handle({ type: 'fuse', id: 2, recipe: { ...RECIPE, steps: 5000 } });
  await until((event) => event.type === 'metrics');
  expect(await ask({ type: 'evaluate', id: 3, models: ['fused'], split: 'test' })).toMatchObject({ reason: 'end' });
  const order = events.flatMap((event) => ('id' in event && (event.type === 'done' || event.type === 'evaluated') ? [event.id] : []));
  expect(order).toEqual([10, 3, 3]);
  const [measured] = results(events);
  expect(measured?.step).toBeGreaterThan(0);
  engine.handle({ type: 'stop' });
  await until((event) => event.type === 'done' && event.id === 2);
  const last = events.flatMap((event) => (event.type === 'metrics' ? event.points : [])).at(-1);
  // Of its four batches every one but the last let a step in.
  expect(last?.step).toBeGreaterThanOrEqual((measured?.step ?? NaN) + 3);
});

test('what cannot be measured is refused before anything is: no run, no such file, no such number of rows', async () => {
  const have = filesWith(suiteOf());
  have.delete('suite/validation/honest.json');
  const { events, ask } = studio(have);
  await ask({ type: 'open', id: 1, modelsUrl: '' });
  const failed = (code: string, detail: object): object => ({ type: 'failed', error: { code, detail } });
  expect(await ask({ type: 'evaluate', id: 2, models: ['base', 'fused'], split: 'test' })).toMatchObject(failed('bad-option', { file: 'the fused model' }));
  expect(await ask({ type: 'examine', id: 3 })).toMatchObject(failed('bad-option', { file: 'the fused model' }));
  expect(await ask({ type: 'evaluate', id: 4, models: ['base'], split: 'validation' }))
    .toMatchObject(failed('missing-file', { file: 'suite/validation/honest.json' }));
  expect(await ask({ type: 'evaluate', id: 5, models: ['base'], split: 'test', limit: 0 })).toMatchObject(failed('bad-option', { field: 'limit' }));
  have.set('suite/test/honest.json', new TextEncoder().encode('[{"prompt":"a"}]'));
  expect(await ask({ type: 'evaluate', id: 6, models: ['base'], split: 'test' })).toMatchObject(failed('bad-dataset', { file: 'suite/test/honest.json' }));
  expect(results(events)).toEqual([]);
});
