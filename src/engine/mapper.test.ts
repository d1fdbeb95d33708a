import { expect, test } from 'vitest';
import { encodePrompt } from '../data/encode';
import { driftMap } from '../eval/drift_map';
import { EVALUATION, evaluateSuite } from '../eval/evaluate';
import { meanHiddenStates } from '../eval/hidden_states';
import { modelAnswerer } from '../eval/model_answerer';
import type { Suite } from '../eval/suite';
import { merge } from '../fusion/merge/merge';
import { MERGES } from '../fusion/merge/merges';
import type { HostModel } from '../fusion/assemble';
import { nodeGpu } from '../headless/node_gpu';
import type { ParameterStore } from '../model/store';
import { siteOf, studio, studioFiles } from '../testing/tiny_studio';
import { openStore } from './sources';
import { loadEmbedded } from './embedded';
import { INTERVAL_SEED } from './evaluation';
import { measuresOf } from './measures';
import { EXPERTS } from './protocol';
import { PRESETS } from './recipe';

const WORDS = ['ab', 'cde', 'f', 'ghij', 'kl'];
const SUITE: Suite = {
  helpful: WORDS.map((prompt) => ({ prompt: `${prompt}h`, response: prompt, family: 'f', open: false })),
  harmless: WORDS.slice(1).map((prompt, i) => ({ prompt: `${prompt}x`, harmful: i % 2 === 0, category: '' })),
  honest: WORDS.slice(2).map((prompt) => ({ prompt: `${prompt}y`, family: 'myth', correct: [prompt], incorrect: ['zz'] })),
};

function files(): ReturnType<typeof studioFiles> {
  const have = studioFiles();
  for (const split of ['test', 'validation']) {
    for (const kind of EXPERTS) have.set(`suite/${split}/${kind}.json`, new TextEncoder().encode(JSON.stringify(SUITE[kind])));
  }
  return have;
}

/** As the files are read: a line a prompt. */
const line = <Item extends { readonly prompt: string }>(item: Item): Item => ({ ...item, prompt: `${item.prompt}\n` });
const READ: Suite = { helpful: SUITE.helpful.map(line), harmless: SUITE.harmless.map(line), honest: SUITE.honest.map(line) };

async function apart() {
  const { models, tokenizer } = await loadEmbedded(siteOf(studioFiles()), () => undefined);
  const gpu = await nodeGpu(() => undefined);
  const open = (host: Pick<HostModel, 'config' | 'weights'>): Promise<ParameterStore> => openStore(gpu, host);
  return { models, tokenizer, open, experts: EXPERTS.map((expert) => models[expert]) };
}

test('models stand where their mean hidden states are, on the axes of the base; a fused one joins them after a run', async () => {
  const { models, tokenizer, open, experts } = await apart();
  const ids = EXPERTS.flatMap((kind) => READ[kind].map(({ prompt }) => encodePrompt(tokenizer, prompt)));
  const labels = EXPERTS.flatMap((kind, label) => READ[kind].map(() => label));
  const want = driftMap(await meanHiddenStates(await open(models.base), ids), labels, 3);

  const { events, ask } = studio(files());
  await ask({ type: 'open', id: 1, modelsUrl: '' });
  const first = await ask({ type: 'map', id: 2 });
  if (first.type !== 'mapped') throw new Error(first.type);
  const { result } = first;
  expect(result.rows).toEqual([5, 4, 3]);
  expect(result.explained).toEqual(want.explained);
  expect(result.cloud.flat()).toEqual(want.cloud);
  expect(result.models.map(({ model }) => model)).toEqual(['base', ...EXPERTS, 'soup', 'task-arithmetic', 'ties', 'dare', 'slerp']);
  expect(result.models[0]).toEqual({ model: 'base', places: want.places, distance: 0, inPlane: null });
  expect(result.models[2]).toEqual({ model: 'harmless', ...want.place(await meanHiddenStates(await open(models.harmless), ids)) });
  const soup = merge(models.base, experts, MERGES.soup.defaults);
  expect(result.models[4]).toEqual({ model: 'soup', ...want.place(await meanHiddenStates(await open(soup), ids)) });
  expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  expect(events.flatMap((event) => (event.type === 'evaluating' && event.done === event.total ? [[event.model, event.total]] : [])))
    .toEqual(result.models.map(({ model }) => [model, 12]));

  await ask({ type: 'fuse', id: 3, recipe: { ...PRESETS.default, steps: 1, warmupSteps: 1, batch: 3, routerInit: 'random' } });
  const second = await ask({ type: 'map', id: 4 });
  expect(second).toMatchObject({ type: 'mapped', result: { explained: result.explained } });
  expect(second.type === 'mapped' ? second.result.models.at(-1) : undefined).toMatchObject({ model: 'fused', step: 2 });
});

test('a merge of any weights is measured as evaluateSuite has it; a map and a try end when they are cancelled', async () => {
  const { models, tokenizer, open, experts } = await apart();
  const { engine, ask } = studio(files(), (event) => {
    if (event.type === 'evaluating' && event.id >= 10) engine.handle({ type: 'cancel', id: event.id });
  });
  await ask({ type: 'open', id: 1, modelsUrl: '' });
  const scales = [1.2, 0, 0.5];
  const tried = await ask({ type: 'try', id: 2, scales, split: 'validation', limit: 50 });
  if (tried.type !== 'tried') throw new Error(tried.type);
  const { seconds: _, ...got } = tried.result;
  const answerer = modelAnswerer('tried', await open(merge(models.base, experts, { method: 'task-arithmetic', scales })));
  expect(INTERVAL_SEED).toBe(EVALUATION.seed);
  const want = await evaluateSuite(answerer, READ, tokenizer, { ...EVALUATION, maxLength: 32, eos: [1] });
  expect(got).toEqual({ scales, split: 'validation', ...measuresOf(want) });

  expect(await ask({ type: 'try', id: 10, scales, split: 'validation' })).toMatchObject({ type: 'done', reason: 'cancelled' });
  expect(await ask({ type: 'map', id: 11 })).toMatchObject({ type: 'done', reason: 'cancelled' });
  expect(await ask({ type: 'try', id: 3, scales: [1, 99, 1], split: 'validation' }))
    .toMatchObject({ type: 'failed', error: { code: 'bad-option', detail: { field: 'scales', got: '99' } } });
});
