import { describe, expect, test, vi } from 'vitest';
import type { ModelConfig } from '../formats/hf_config';
import { nodeGpu } from '../headless/node_gpu';
import { BatchDecoder, REST } from '../model/batch_decoder';
import { Generator } from '../model/generate';
import { asTrained } from '../model/intervention';
import { FROZEN } from '../model/policy';
import { referenceForward } from '../model/reference/model';
import { ParameterStore } from '../model/store';
import { relativeError } from '../testing/numbers';
import { hostWeights, TINY, tinyWeights } from '../testing/tiny_model';
import { TOLERANCE } from '../testing/tolerances';
import { modelAnswerer } from './model_answerer';

/** Unlike lengths, from one token to one less than the context's 32. */
const PROMPTS = [3, 1, 17, 5, 5, 31, 9, 2, 24, 12].map((length, i) => Array.from({ length }, (_, t) => (t === 0 ? 1 : (7 * t + 11 * i) % 31)));

async function openStore(changes: Partial<ModelConfig> = {}): Promise<ParameterStore> {
  const config: ModelConfig = { ...TINY, ...changes };
  const store = new ParameterStore(await nodeGpu(() => undefined), config, FROZEN);
  store.load(hostWeights(config));
  return store;
}

/** One prompt at a time. */
async function single(store: ParameterStore, prompt: readonly number[], maxNewTokens: number, eos: readonly number[], muted = 0): Promise<number[]> {
  const generator = new Generator(store);
  const ids: number[] = [];
  const options = { temperature: 0, topP: 1, seed: 1, maxNewTokens, eos };
  const intervention = muted === 0 ? undefined : { ...asTrained(store.config), muted };
  for await (const { id } of generator.run(prompt, options, intervention)) ids.push(id);
  generator.dispose();
  return ids;
}

/** ln p of each response token, by whole forward passes in float64. */
function referenceLogProbs(config: ModelConfig, ids: readonly number[], promptLength: number, muted = 0): number[] {
  const { logits } = referenceForward(config, tinyWeights(config), { ids: [ids], promptLengths: [promptLength] }, { muted });
  const V = config.vocab;
  return ids.slice(promptLength).map((id, i) => {
    const row = logits.subarray((promptLength + i - 1) * V, (promptLength + i) * V);
    const largest = Math.max(...row);
    return (row[id] ?? NaN) - largest - Math.log(row.reduce((sum, logit) => sum + Math.exp(logit - largest), 0));
  });
}

describe.each<[string, Partial<ModelConfig>]>([
  ['a dense model', { experts: 1, topK: 1 }],
  ['a mixture, top-2', {}],
  ['a mixture routed by sequence', { routing: 'sequence' }],
])('answers of %s', (_, changes) => {
  test('many at once are those of one at a time, in the order of the prompts', async () => {
    const store = await openStore(changes);
    const want: number[][] = [];
    for (const prompt of PROMPTS) want.push(await single(store, prompt, 8, [4]));
    for (const batch of [4, 64]) {
      const onProgress = vi.fn();
      const answerer = modelAnswerer('tiny', store, { batch });
      expect(await answerer.greedy(PROMPTS, { maxNewTokens: 8, eos: [4], onProgress })).toEqual(want);
      expect(onProgress).toHaveBeenLastCalledWith(PROMPTS.length, PROMPTS.length);
    }
    expect(want.some((answer) => answer.length < 8)).toBe(true);
    store.dispose();
  });

  test('log-probabilities of unlike rows match the float64 reference, row by row', async () => {
    const store = await openStore(changes);
    const rows = PROMPTS.filter(({ length }) => length > 1).map((ids, i) => ({ ids: Uint32Array.from(ids), promptLength: 1 + (i % (ids.length - 1)) }));
    const got = await modelAnswerer('tiny', store, { batch: 4 }).logProbs(rows);
    rows.forEach(({ ids, promptLength }, i) => {
      const want = referenceLogProbs(store.config, [...ids], promptLength);
      expect(got[i]).toHaveLength(want.length);
      expect(relativeError(got[i] ?? [], want)).toBeLessThan(TOLERANCE.model);
    });
    store.dispose();
  });
});

test.each([{ routing: 'token', muted: 0b001 }, { routing: 'token', muted: 0b110 }, { routing: 'sequence', muted: 0b010 }] as const)(
  'a mixture routed by $routing answers and scores without the experts muted by $muted', async ({ routing, muted }) => {
    const store = await openStore({ routing });
    const answerer = modelAnswerer('muted', store, { muted });
    const want: number[][] = [];
    for (const prompt of PROMPTS.slice(0, 4)) want.push(await single(store, prompt, 5, [], muted));
    expect(await answerer.greedy(PROMPTS.slice(0, 4), { maxNewTokens: 5, eos: [] })).toEqual(want);
    const rows = [{ ids: Uint32Array.from(PROMPTS[2] ?? []), promptLength: 4 }];
    const [scored = []] = await answerer.logProbs(rows);
    expect(relativeError(scored, referenceLogProbs(store.config, PROMPTS[2] ?? [], 4, muted))).toBeLessThan(TOLERANCE.model);
    expect(relativeError(scored, referenceLogProbs(store.config, PROMPTS[2] ?? [], 4))).toBeGreaterThan(1e-3);
    store.dispose();
  });

test('muting all experts, or the dense model, is refused', async () => {
  const store = await openStore();
  const rows = [{ ids: Uint32Array.of(1, 2), promptLength: 1 }];
  await expect(modelAnswerer('none', store, { muted: 0b111 }).logProbs(rows)).rejects.toThrow(RangeError);
  const dense = await openStore({ experts: 1, topK: 1 });
  await expect(modelAnswerer('none', dense, { muted: 1 }).greedy([[1, 2]], { maxNewTokens: 1, eos: [] })).rejects.toThrow(RangeError);
  for (const each of [store, dense]) each.dispose();
});

test('a prompt that fills the context and an empty one get an empty answer, the others theirs', async () => {
  const store = await openStore();
  const full = Array.from({ length: 32 }, () => 1);
  const answers = await modelAnswerer('tiny', store).greedy([full, [1, 5], [...full, 1], []], { maxNewTokens: 3, eos: [] });
  expect(answers).toEqual([[], await single(store, [1, 5], 3, []), [], []]);
  store.dispose();
});

test('no prompts and no rows give nothing, and a row without a response an empty array', async () => {
  const store = await openStore();
  const answerer = modelAnswerer('tiny', store);
  expect(await answerer.greedy([], { maxNewTokens: 3, eos: [] })).toEqual([]);
  expect(await answerer.logProbs([])).toEqual([]);
  const [bare, one] = await answerer.logProbs([{ ids: Uint32Array.of(1, 5), promptLength: 2 }, { ids: Uint32Array.of(1, 5, 2), promptLength: 2 }]);
  expect([bare?.length, one?.length]).toEqual([0, 1]);
  store.dispose();
});

test('an aborted signal ends answering and scoring early', async () => {
  const store = await openStore();
  const answerer = modelAnswerer('tiny', store, { batch: 2 });
  const abort = new AbortController();
  const onProgress = (): void => { abort.abort(); };
  const answers = await answerer.greedy([[1, 2], [1, 3], [1, 4]], { maxNewTokens: 3, eos: [], onProgress, signal: abort.signal });
  expect(answers.map(({ length }) => length)).toEqual([3, 3, 0]);
  const rows = [{ ids: Uint32Array.of(1, 5, 2), promptLength: 2 }];
  expect((await answerer.logProbs(rows, { signal: abort.signal })).map(({ length }) => length)).toEqual([0]);
  store.dispose();
});

test('a resting sequence goes on later as if it had not rested', async () => {
  const store = await openStore({ routing: 'sequence' });
  const V = store.config.vocab;
  const decoder = new BatchDecoder(store, { batch: 3, capacity: 12 });
  await decoder.start([[1, 5, 9], [1, 7]]);
  await decoder.step([3, REST]);
  await decoder.step([4, REST]);
  const late = (await decoder.step([5, 6])).slice(V);
  await decoder.start([[1, 7]]);
  expect(relativeError(late, await decoder.step([6]))).toBeLessThan(TOLERANCE.model);
  decoder.dispose();
  store.dispose();
});

test('the decoder refuses what does not fit', async () => {
  const store = await openStore();
  const decoder = new BatchDecoder(store, { batch: 2, capacity: 4 });
  await expect(decoder.start([])).rejects.toThrow(RangeError);
  await expect(decoder.start([[1], []])).rejects.toThrow('2 prompts');
  await expect(decoder.start([[1, 2, 3, 4, 5]])).rejects.toThrow('up to 5 tokens');
  await decoder.start([[1, 2, 3, 4], [1]]);
  await expect(decoder.step([1])).rejects.toThrow('1 ids for 2 sequences');
  await expect(decoder.step([1, 1])).rejects.toThrow('sequence 0 is full with 4 tokens');
  expect(await decoder.step([REST, 1])).toHaveLength(2 * store.config.vocab);
  decoder.dispose();
  store.dispose();
});
