import { describe, expect, test } from 'vitest';
import type { ModelConfig } from '../formats/hf_config';
import { nodeGpu } from '../headless/node_gpu';
import { relativeError } from '../testing/numbers';
import { hostWeights, TINY, tinyWeights } from '../testing/tiny_model';
import { TOLERANCE } from '../testing/tolerances';
import { Generator, type GeneratedToken } from './generate';
import { FROZEN } from './policy';
import { referenceForward } from './reference/model';
import { argmax } from './sample';
import { ParameterStore } from './store';

const PROMPT = [1, 5, 30, 5, 0];
const GREEDY = { temperature: 0, topP: 1, seed: 1, eos: [] };

async function opened(config: ModelConfig, options: { topK?: number; capacity?: number } = {}) {
  const store = new ParameterStore(await nodeGpu(() => undefined), config, FROZEN);
  store.load(hostWeights(config));
  const generator = new Generator(store, options);
  return { generator, close: () => { generator.dispose(); store.dispose(); } };
}

async function collect(tokens: AsyncIterable<GeneratedToken>): Promise<GeneratedToken[]> {
  const all: GeneratedToken[] = [];
  for await (const token of tokens) all.push(token);
  return all;
}

/** Greedy continuation by whole forward passes in float64, with the routing of the row that wrote each token. */
function referenceGreedy(config: ModelConfig, count: number) {
  const ids = [...PROMPT];
  const V = config.vocab;
  return Array.from({ length: count }, () => {
    const { logits, router } = referenceForward(config, tinyWeights(config), { ids: [ids], promptLengths: [PROMPT.length] });
    const row = ids.length - 1;
    const id = argmax(Float32Array.from(logits.subarray(row * V, (row + 1) * V)));
    ids.push(id);
    return { id, probabilities: router.map(({ probs }) => [...probs.subarray(row * config.experts, (row + 1) * config.experts)]) };
  });
}

describe.each<[string, Partial<ModelConfig>]>([
  ['a dense model', { experts: 1, topK: 1 }],
  ['a mixture, top-2', {}],
  ['a mixture routed by sequence', { routing: 'sequence' }],
])('generation of %s', (_, changes) => {
  const config: ModelConfig = { ...TINY, ...changes };

  test('with a cache writes what whole forward passes of the reference write, and reports their routing', async () => {
    const { generator, close } = await opened(config);
    const got = await collect(generator.run(PROMPT, { ...GREEDY, maxNewTokens: 20 }));
    const want = referenceGreedy(config, 20);
    expect(got.map(({ id }) => id)).toEqual(want.map(({ id }) => id));
    for (const [i, { routing }] of got.entries()) {
      expect(routing).toHaveLength(config.experts > 1 ? config.layers : 0);
      routing.forEach(({ probabilities, shares }, layer) => {
        expect(relativeError(probabilities, want[i]?.probabilities[layer] ?? [])).toBeLessThan(TOLERANCE.model);
        expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
        expect(shares.filter((share) => share > 0)).toHaveLength(config.topK);
      });
    }
    close();
  });

  test('logits of the last position match the reference', async () => {
    const { generator, close } = await opened(config);
    const { logits, router } = await generator.logits(PROMPT);
    const want = referenceForward(config, tinyWeights(config), { ids: [PROMPT] });
    expect(relativeError(logits, want.logits.subarray((PROMPT.length - 1) * config.vocab))).toBeLessThan(TOLERANCE.model);
    router.forEach((layer, i) => { expect(relativeError(layer.flat(), want.router[i]?.probs ?? [])).toBeLessThan(TOLERANCE.model); });
    close();
  });
});

describe('generation', () => {
  test('stops after an end-of-sequence token, at the context’s end, and when cancelled', async () => {
    const { generator, close } = await opened(TINY, { capacity: 9 });
    const [first] = await collect(generator.run(PROMPT, { ...GREEDY, maxNewTokens: 1 }));
    expect(await collect(generator.run(PROMPT, { ...GREEDY, eos: [first?.id ?? -1], maxNewTokens: 20 }))).toHaveLength(1);
    // Positions 0 … 8 hold five prompt tokens and four new ones; the fifth is predicted from the last place.
    expect(await collect(generator.run(PROMPT, { ...GREEDY, maxNewTokens: 20 }))).toHaveLength(5);
    expect(await collect(generator.run(PROMPT, { ...GREEDY, maxNewTokens: 20, signal: AbortSignal.abort() }))).toHaveLength(1);
    close();
  });

  test('sampling repeats with its seed and differs with another', async () => {
    const { generator, close } = await opened(TINY);
    const draw = async (seed: number): Promise<number[]> =>
      (await collect(generator.run(PROMPT, { temperature: 1.5, topP: 0.95, seed, eos: [], maxNewTokens: 15 }))).map(({ id }) => id);
    expect(await draw(7)).toEqual(await draw(7));
    expect(await draw(7)).not.toEqual(await draw(8));
    close();
  });

  test('a prompt beyond the context, an empty one and unknown ids are refused; the next prompt is answered', async () => {
    const { generator, close } = await opened(TINY);
    await expect(generator.logits(new Array<number>(33).fill(1))).rejects.toThrow('the prompt: expected at most 32 tokens, the model\'s context, got 33; shorten the prompt.');
    await expect(generator.logits([])).rejects.toThrow('the prompt, ids: expected token ids from 0 to 30, got none');
    await expect(generator.logits([1, 31])).rejects.toThrow('the prompt, id 2: expected token ids from 0 to 30, got 31');
    expect((await generator.logits(PROMPT)).logits).toHaveLength(31);
    close();
  });
});
