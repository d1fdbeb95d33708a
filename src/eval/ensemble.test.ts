import { describe, expect, test, vi } from 'vitest';
import { nodeGpu } from '../headless/node_gpu';
import { FROZEN } from '../model/policy';
import { referenceForward } from '../model/reference/model';
import { ParameterStore } from '../model/store';
import type { ModelConfig } from '../formats/hf_config';
import { relativeError } from '../testing/numbers';
import { hostWeights, TINY, tinyWeights } from '../testing/tiny_model';
import { TOLERANCE } from '../testing/tolerances';
import { ensembleAnswerer, poolLogProbs, poolProbabilities } from './ensemble';
import { modelAnswerer } from './model_answerer';
import { fixedWeights, perplexityWeights, PromptLosses, uniformWeights } from './weights';

const DENSE: ModelConfig = { ...TINY, experts: 1, topK: 1 };
const SEEDS = [1, 2];
const V = TINY.vocab;
const PROMPTS = [[1, 5, 30, 5, 0], [1, 9], [1, 22, 8, 13, 4, 17, 2, 11]];

async function openStores(config = DENSE): Promise<ParameterStore[]> {
  const gpu = await nodeGpu(() => undefined);
  return SEEDS.map((seed) => {
    const store = new ParameterStore(gpu, config, FROZEN);
    store.load(hostWeights(config, seed));
    return store;
  });
}

/** p of the next token after `ids` of one member, in float64. */
function nextProbabilities(seed: number, ids: readonly number[], after = ids.length): Float64Array {
  const { logits } = referenceForward(DENSE, tinyWeights(DENSE, seed), { ids: [ids] });
  const row = logits.slice((after - 1) * V, after * V).map((logit) => Math.exp(logit));
  const total = row.reduce((sum, term) => sum + term, 0);
  return row.map((term) => term / total);
}

const mix = (ids: readonly number[], weights: readonly number[], after?: number): Float64Array => {
  const members = SEEDS.map((seed) => nextProbabilities(seed, ids, after));
  return Float64Array.from({ length: V }, (_, id) => members.reduce((sum, p, m) => sum + (weights[m] ?? NaN) * (p[id] ?? NaN), 0));
};

describe('pooling by hand', () => {
  test('ln p of a pool is the logarithm of the averaged probabilities, token by token', () => {
    const logs = [[0.5, 0.1], [0.1, 0.3]].map((row) => Float64Array.from(row, Math.log));
    expect(relativeError(poolLogProbs(logs, [0.25, 0.75]), [Math.log(0.2), Math.log(0.25)])).toBeLessThan(1e-15);
  });

  test('it neither underflows nor lets a member veto', () => {
    expect(poolLogProbs([Float64Array.of(-2000), Float64Array.of(-Infinity)], [0.5, 0.5])[0]).toBeCloseTo(-2000 - Math.LN2, 9);
    expect(poolLogProbs([Float64Array.of(-Infinity), Float64Array.of(-Infinity)], [0.5, 0.5])[0]).toBe(-Infinity);
    expect(poolLogProbs([Float64Array.of(-1), Float64Array.of(-2000)], [0, 1])[0]).toBe(-2000);
  });

  test('probabilities are mixed, not logits, with weights of each row', () => {
    const logits = [[0, Math.log(3), 0, 0], [Math.log(4), 0, 500, 0]].map((row) => Float32Array.from(row));
    const want = [0.5 * 0.25 + 0.5 * 0.8, 0.5 * 0.75 + 0.5 * 0.2, 1, 0];
    expect(relativeError(poolProbabilities(logits, [[0.5, 0.5], [0, 1]], 2), want)).toBeLessThan(TOLERANCE.kernel);
  });
});

describe('perplexity weights', () => {
  const scored = (...rows: number[][]) => ({ logProbs: vi.fn(() => Promise.resolve(rows.map((row) => Float64Array.from(row)))) });

  test('are the softmax of the negated mean nats per prompt token over the temperature', async () => {
    const losses = new PromptLosses([scored([-1, -2, -3]), scored([-0.5, -0.5, -0.5])]);
    const weights = await perplexityWeights(losses, 0.5)([[1, 5, 6, 7]]);
    const terms = [Math.exp(-2 / 0.5), Math.exp(-0.5 / 0.5)];
    expect(relativeError(weights.flat(), terms.map((term) => term / ((terms[0] ?? 0) + (terms[1] ?? 0))))).toBeLessThan(1e-14);
  });

  test('a sweep over temperatures and a repeated prompt cost one pass', async () => {
    const members = [scored([-1], [-2]), scored([-2], [-1])];
    const losses = new PromptLosses(members);
    const prompts = [[1, 5], [1, 6], [1, 5]];
    for (const temperature of [0.1, 1, 10]) await perplexityWeights(losses, temperature)(prompts);
    expect(members.map(({ logProbs }) => logProbs.mock.calls.length)).toEqual([1, 1]);
    expect(await losses.of(prompts)).toEqual([[1, 2], [2, 1], [1, 2]]);
  });

  test('a prompt of BOS alone weighs all alike, and a temperature of 0 is refused', async () => {
    const losses = new PromptLosses([scored([]), scored([])]);
    expect(await perplexityWeights(losses, 1)([[1]])).toEqual([[0.5, 0.5]]);
    expect(() => perplexityWeights(losses, 0)).toThrow(RangeError);
  });

  test('fixed weights count in proportion to their sum, for every prompt alike', async () => {
    expect(await fixedWeights([1, 3])([[1], [1, 5]])).toEqual([[0.25, 0.75], [0.25, 0.75]]);
    for (const wrong of [[0, 0], [2, -1], [NaN], []]) expect(() => fixedWeights(wrong)).toThrow(RangeError);
  });

  test('losses of prompts match the float64 reference', async () => {
    const stores = await openStores();
    const got = await new PromptLosses(stores.map((store) => modelAnswerer('member', store))).of(PROMPTS);
    const want = PROMPTS.map((ids) => SEEDS.map((seed) =>
      -ids.slice(1).reduce((sum, id, i) => sum + Math.log(nextProbabilities(seed, ids, i + 1)[id] ?? NaN), 0) / (ids.length - 1)));
    expect(relativeError(got.flat(), want.flat())).toBeLessThan(TOLERANCE.model);
    for (const store of stores) store.dispose();
  });
});

describe('an ensemble of two models', () => {
  const uneven = (prompts: readonly unknown[]) => Promise.resolve(prompts.map((_, i) => [[0.5, 0.5], [0.9, 0.1], [0.2, 0.8]][i % 3] ?? []));

  test('writes at each step the token that the float64 mixture finds most likely', async () => {
    const stores = await openStores();
    const answers = await ensembleAnswerer('both', stores, uneven, { batch: 2 }).greedy(PROMPTS, { maxNewTokens: 6, eos: [] });
    const weights = await uneven(PROMPTS);
    PROMPTS.forEach((prompt, i) => {
      const ids = [...prompt];
      for (let t = 0; t < 6; t++) {
        const p = mix(ids, weights[i] ?? []);
        ids.push(p.indexOf(Math.max(...p)));
      }
      expect(answers[i]).toEqual(ids.slice(prompt.length));
    });
    for (const store of stores) store.dispose();
  });

  test('gives ln of the mixed probability of each response token', async () => {
    const stores = await openStores();
    const rows = PROMPTS.map((ids) => ({ ids: Uint32Array.from(ids), promptLength: 1 }));
    const got = await ensembleAnswerer('both', stores, uneven).logProbs(rows);
    const weights = await uneven(PROMPTS);
    rows.forEach(({ ids }, i) => {
      const want = [...ids.subarray(1)].map((id, t) => Math.log(mix([...ids], weights[i] ?? [], t + 1)[id] ?? NaN));
      expect(relativeError(got[i] ?? [], want)).toBeLessThan(TOLERANCE.model);
    });
    for (const store of stores) store.dispose();
  });

  test('of one model twice is that model; a prompt that fills the context gets an empty answer', async () => {
    const [store, other] = await openStores();
    if (store === undefined) return;
    const full = Array.from({ length: 32 }, () => 1);
    const options = { maxNewTokens: 5, eos: [3] };
    const one = await modelAnswerer('one', store).greedy([...PROMPTS, full], options);
    expect(await ensembleAnswerer('twice', [store, store], uniformWeights(2)).greedy([...PROMPTS, full], options)).toEqual(one);
    expect(one[3]).toEqual([]);
    store.dispose();
    other?.dispose();
  });

  test('weights see the prompt and never the response', async () => {
    const stores = await openStores();
    const weights = vi.fn(uniformWeights(2));
    await ensembleAnswerer('both', stores, weights).logProbs([{ ids: Uint32Array.of(1, 5, 6, 7), promptLength: 2 }]);
    expect(weights.mock.calls[0]?.[0]).toEqual([[1, 5]]);
    for (const store of stores) store.dispose();
  });

  test('of unlike vocabularies, or without a member, is refused', async () => {
    const stores = await openStores();
    const wider = await openStores({ ...DENSE, vocab: 32 });
    expect(() => ensembleAnswerer('both', [...stores.slice(1), ...wider], uniformWeights(3))).toThrow('member 2, vocab_size: expected 31 as in the first member, got 32');
    expect(() => ensembleAnswerer('none', [], uniformWeights(0))).toThrow(RangeError);
    for (const store of [...stores, ...wider]) store.dispose();
  });
});
