import { describe, expect, test, vi } from 'vitest';
import type { ModelConfig } from '../formats/hf_config';
import { nodeGpu } from '../headless/node_gpu';
import { FROZEN } from '../model/policy';
import { referenceForward } from '../model/reference/model';
import { ParameterStore } from '../model/store';
import { relativeError } from '../testing/numbers';
import { hostWeights, TINY, tinyWeights } from '../testing/tiny_model';
import { TOLERANCE } from '../testing/tolerances';
import { confusion, routerRecords } from './routing';

const ROWS = [4, 1, 11, 7, 4].map((promptLength, i) => ({
  ids: Uint32Array.from({ length: promptLength + 3 }, (_, t) => (t === 0 ? 1 : (7 * t + 11 * i) % 31)), promptLength,
}));

async function openStore(changes: Partial<ModelConfig> = {}): Promise<ParameterStore> {
  const config: ModelConfig = { ...TINY, ...changes };
  const store = new ParameterStore(await nodeGpu(() => undefined), config, FROZEN);
  store.load(hostWeights(config));
  return store;
}

/** The router of one layer on the whole row, responses included, in float64: means over the prompt, and slots of each expert. */
function referenceRouting(config: ModelConfig, layer: number, muted: number) {
  const E = config.experts;
  const slots = new Array<number>(E).fill(0);
  const means = ROWS.map(({ ids, promptLength }) => {
    const { router } = referenceForward(config, tinyWeights(config), { ids: [[...ids]], promptLengths: [promptLength] }, { muted });
    const { probs = [], index = [] } = router[layer] ?? {};
    for (const e of index.slice(0, promptLength * config.topK)) if (e < E) slots[e] = (slots[e] ?? 0) + 1;
    return Array.from({ length: E }, (_, e) =>
      Array.from({ length: promptLength }, (_, t) => probs[t * E + e] ?? NaN).reduce((sum, p) => sum + p, 0) / promptLength);
  });
  return { means, slots };
}

describe.each([
  { routing: 'token', muted: 0 }, { routing: 'sequence', muted: 0 }, { routing: 'token', muted: 0b010 },
] as const)('router records under $routing routing, muted $muted', ({ routing, muted }) => {
  test('hold the float64 reference’s mean probabilities over each prompt, and its slots', async () => {
    const store = await openStore({ routing });
    const onProgress = vi.fn();
    const { byLayer, mean, slots, slotsOverall } = await routerRecords(store, ROWS, { batch: 2, muted, onProgress });
    expect(onProgress).toHaveBeenLastCalledWith(5, 5);
    const want = byLayer.map((_, layer) => referenceRouting(store.config, layer, muted));
    byLayer.forEach((means, layer) => {
      expect(relativeError(means.flat(), want[layer]?.means.flat() ?? [])).toBeLessThan(TOLERANCE.model);
      const counts = want[layer]?.slots ?? [];
      const total = counts.reduce((a, b) => a + b, 0);
      expect(slots[layer]).toEqual(counts.map((n) => n / total));
    });
    ROWS.forEach((_, i) => {
      expect(relativeError(mean[i] ?? [], [0, 1, 2].map((e) => ((byLayer[0]?.[i]?.[e] ?? NaN) + (byLayer[1]?.[i]?.[e] ?? NaN)) / 2))).toBeLessThan(1e-12);
    });
    expect(slotsOverall.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
    if (muted !== 0) expect([slotsOverall[1], ...mean.map((row) => row[1])]).toEqual([0, 0, 0, 0, 0, 0]);
    store.dispose();
  });
});

test('no rows give no records, an aborted signal leaves NaN, and a dense model is refused', async () => {
  const store = await openStore();
  expect((await routerRecords(store, [])).mean).toEqual([]);
  expect((await routerRecords(store, ROWS.slice(0, 1), { signal: AbortSignal.abort() })).mean).toEqual([[NaN, NaN, NaN]]);
  const dense = await openStore({ experts: 1, topK: 1 });
  await expect(routerRecords(dense, ROWS)).rejects.toThrow('a dense model has no routers');
  for (const each of [store, dense]) each.dispose();
});

test('a confusion matrix counts the most probable expert of each dataset’s rows, ties to the lowest', () => {
  const { counts, accuracy } = confusion([[0.5, 0.3, 0.2], [0.4, 0.4, 0.2], [0.1, 0.2, 0.7], [0.2, 0.5, 0.3]], [0, 1, 2, 2], 3);
  expect(counts).toEqual([[1, 0, 0], [1, 0, 0], [0, 1, 1]]);
  expect(accuracy).toBe(0.5);
});
