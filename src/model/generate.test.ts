import { describe, expect, test } from 'vitest';
import type { ModelConfig } from '../formats/hf_config';
import { nodeGpu } from '../headless/node_gpu';
import { relativeError } from '../testing/numbers';
import { hostWeights, TINY, tinyWeights } from '../testing/tiny_model';
import { TOLERANCE } from '../testing/tolerances';
import { divergence } from './divergence';
import { Generator } from './generate';
import { asTrained, mutedToForce, type Intervention } from './intervention';
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
  return { store, generator, close: () => { generator.dispose(); store.dispose(); } };
}

async function collect<T>(tokens: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const token of tokens) all.push(token);
  return all;
}

/** Of one row: what each expert adds, 0 for the dropped, and the stream that it is added to. */
function placed({ experts: E }: ModelConfig, index: ArrayLike<number>, norms: Float64Array, row: number, K: number) {
  const adds = new Array<number>(E).fill(0);
  for (let k = 0; k < K; k++) adds[index[row * K + k] ?? E] = norms[row * (K + 1) + k] ?? NaN;
  return [...adds.slice(0, E), norms[row * (K + 1) + K] ?? NaN];
}

/** Greedy continuation by whole forward passes in float64, with the routing of the row that wrote each token. */
function referenceGreedy(config: ModelConfig, count: number, intervention?: Intervention) {
  const ids = [...PROMPT];
  const V = config.vocab;
  return Array.from({ length: count }, () => {
    const { logits, router, norms } = referenceForward(config, tinyWeights(config), { ids: [ids], promptLengths: [PROMPT.length] }, { ...(intervention ? { intervention } : {}) });
    const row = ids.length - 1;
    const id = argmax(Float32Array.from(logits.subarray(row * V, (row + 1) * V)));
    const added = router.map(({ index }, layer) => placed(config, index, norms[layer] ?? new Float64Array(0), row, index.length / ids.length));
    ids.push(id);
    const ofRow = (values: Float64Array): number[] => [...values.subarray(row * config.experts, (row + 1) * config.experts)];
    return { id, probabilities: router.map(({ probs }) => ofRow(probs)), scores: router.map((each) => ofRow(each.logits)), added };
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
      routing.forEach(({ probabilities, shares, adds, stream }, layer) => {
        expect(relativeError([...adds, stream], want[i]?.added[layer] ?? [])).toBeLessThan(TOLERANCE.model);
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

describe('intervention', () => {
  const plain = asTrained(TINY);
  const settings: readonly [string, Intervention, Partial<ModelConfig>?][] = [
    ['a muted expert', { ...plain, muted: 0b010 }],
    ['one expert forced', { ...plain, muted: mutedToForce(2, TINY) }],
    ['a bias', { ...plain, bias: [1.5, 0, -3] }],
    ['a temperature', { ...plain, temperature: 0.2 }],
    ['more experts', { ...plain, topK: 3 }],
    ['all at once in the second layer', { muted: 0b001, bias: [0, 2, -1], temperature: 3, topK: 1, layers: [1] }],
    ['more experts in the first layer, routed by sequence', { ...plain, bias: [-2, 0, 2], topK: 3, layers: [0] }, { routing: 'sequence' }],
  ];

  test.each(settings)('with %s writes what the reference under it writes, and then again what was trained', async (_, intervention, changes = {}) => {
    const config = { ...TINY, ...changes };
    const { generator, close } = await opened(config);
    const before = await collect(generator.run(PROMPT, { ...GREEDY, maxNewTokens: 8 }));
    const got = await collect(generator.run(PROMPT, { ...GREEDY, maxNewTokens: 8 }, intervention));
    const want = referenceGreedy(config, 8, intervention);
    expect(got.map(({ id }) => id)).toEqual(want.map(({ id }) => id));
    for (const [i, { routing }] of got.entries()) {
      routing.forEach(({ probabilities, logits, adds, stream }, layer) => {
        expect(relativeError([...adds, stream], want[i]?.added[layer] ?? [])).toBeLessThan(TOLERANCE.model);
        expect(relativeError(probabilities, want[i]?.probabilities[layer] ?? [])).toBeLessThan(TOLERANCE.model);
        expect(relativeError(logits, want[i]?.scores[layer] ?? [])).toBeLessThan(TOLERANCE.model);
      });
    }
    expect(await collect(generator.run(PROMPT, { ...GREEDY, maxNewTokens: 8 }))).toEqual(before);
    close();
  });

  test('makes nothing on the GPU unless the number of experts changes, and keeps one other number at a time', async () => {
    const { generator, close, store } = await opened(TINY);
    const made = async (intervention: Intervention): Promise<number> => {
      const { bytes } = store.gpu.ledger;
      await collect(generator.run(PROMPT, { ...GREEDY, maxNewTokens: 2 }, intervention));
      return store.gpu.ledger.bytes - bytes;
    };
    expect(await made(plain)).toBeGreaterThan(0);
    expect(await made({ muted: 1, bias: [0, 1, 2], temperature: 2, layers: [0] })).toBe(0);
    expect(await made({ ...plain, topK: 3 })).toBeGreaterThan(0);
    expect(await made({ ...plain, topK: 2 })).toBe(0);
    expect(await made({ ...plain, topK: 3, muted: 4 })).toBe(0);
    // Fewer experts fit into what more of them had.
    expect(await made({ ...plain, topK: 1 })).toBeLessThanOrEqual(0);
    close();
  });

  test('follow gives the logits that each token was drawn from, bit for bit, and those of the model as trained to a text it did not write', async () => {
    const { generator, close } = await opened(TINY);
    const intervention = { ...plain, muted: 0b101 };
    const written = await collect(generator.run(PROMPT, { ...GREEDY, maxNewTokens: 10 }, intervention));
    const ids = written.map(({ id }) => id);
    expect(await collect(generator.follow(PROMPT, ids, { intervention }))).toEqual(written.map(({ logits }) => logits));
    const trained = await collect(generator.follow(PROMPT, ids));
    const { logits } = referenceForward(TINY, tinyWeights(TINY), { ids: [[...PROMPT, ...ids]], promptLengths: [PROMPT.length] });
    for (const [i, row] of trained.entries()) {
      const at = (PROMPT.length + i - 1) * TINY.vocab;
      expect(relativeError(row, logits.subarray(at, at + TINY.vocab))).toBeLessThan(TOLERANCE.model);
    }
    expect(trained.map((row, i) => divergence(written[i]?.logits ?? [], row)).every((kl) => kl > 1e-6)).toBe(true);
    // Read in one pass up to a place, a text says there what it says token by token.
    const [late = new Float32Array(0)] = await collect(generator.follow(PROMPT, ids.slice(5), { intervention, after: ids.slice(0, 5) }));
    expect(relativeError(late, written[5]?.logits ?? [])).toBeLessThan(TOLERANCE.model);
    expect(await collect(generator.follow(PROMPT, ids, { signal: AbortSignal.abort() }))).toEqual([]);
    await expect(collect(generator.follow(PROMPT, new Array<number>(29).fill(1)))).rejects.toThrow('the text: expected at most 32 tokens');
    close();
  });

  test.each<[Partial<Intervention>, string]>([
    [{ muted: 0b111 }, 'muted: expected at least one expert that is heard, got all 3 muted'],
    [{ muted: 8 }, 'muted: expected bits of 3 experts, got 8'],
    [{ bias: [0, 0] }, 'bias: expected 3 numbers, one for each expert, got 2'],
    [{ bias: [0, 0, -20.5] }, 'bias: expected numbers from -20 to 20, got -20.5'],
    [{ bias: [0, NaN, 0] }, 'bias: expected numbers from -20 to 20, got NaN'],
    [{ temperature: 0 }, 'temperature: expected a finite number above 0, got 0'],
    [{ temperature: Infinity }, 'temperature: expected a finite number above 0, got Infinity'],
    [{ topK: 4 }, 'top-k: expected a whole number from 1 to 3, the number of experts, got 4'],
    [{ layers: [0, 2] }, 'layers: expected layers from 1 to 2, got layer 3'],
    [{ layers: [] }, 'layers: expected layers from 1 to 2, got none'],
  ])('%o is refused', async (change, sentence) => {
    const { generator, close } = await opened(TINY);
    await expect(collect(generator.run(PROMPT, { ...GREEDY, maxNewTokens: 1 }, { ...plain, ...change }))).rejects.toThrow(`the intervention, ${sentence}`);
    close();
  });

  test('on a dense model is refused', async () => {
    const dense = { ...TINY, experts: 1, topK: 1 };
    const { generator, close } = await opened(dense);
    const run = generator.run(PROMPT, { ...GREEDY, maxNewTokens: 1 }, asTrained(dense));
    await expect(collect(run)).rejects.toThrow('the intervention: expected a mixture of experts, got a dense model; ask a fused model.');
    close();
  });
});
