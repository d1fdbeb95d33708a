import { expect, test, vi } from 'vitest';
import type { ModelConfig } from '../formats/hf_config';
import { nodeGpu } from '../headless/node_gpu';
import { FROZEN } from '../model/policy';
import { referenceForward } from '../model/reference/model';
import { ParameterStore } from '../model/store';
import { relativeError } from '../testing/numbers';
import { hostWeights, TINY, tinyWeights } from '../testing/tiny_model';
import { TOLERANCE } from '../testing/tolerances';
import { meanHiddenStates } from './hidden_states';

const PROMPTS = [4, 1, 11, 7, 4].map((length, i) => Array.from({ length }, (_, t) => (t === 0 ? 1 : (7 * t + 11 * i) % 31)));

async function openStore(changes: Partial<ModelConfig>): Promise<ParameterStore> {
  const config: ModelConfig = { ...TINY, ...changes };
  const store = new ParameterStore(await nodeGpu(() => undefined), config, FROZEN);
  store.load(hostWeights(config));
  return store;
}

test.each([{ experts: 1, topK: 1 }, {}, { routing: 'sequence' }] as const)('mean hidden states are the float64 reference’s, %o', async (changes) => {
  const store = await openStore(changes);
  const onProgress = vi.fn();
  const means = await meanHiddenStates(store, PROMPTS, { batch: 2, onProgress });
  expect(onProgress).toHaveBeenLastCalledWith(5, 5);
  const C = store.config.width;
  const want = PROMPTS.map((ids) => {
    const { hidden } = referenceForward(store.config, tinyWeights(store.config), { ids: [ids] });
    return Array.from({ length: C }, (_, c) => ids.reduce((sum, __, t) => sum + (hidden[t * C + c] ?? NaN), 0) / ids.length);
  });
  means.forEach((mean, i) => { expect(relativeError(mean, want[i] ?? [])).toBeLessThan(TOLERANCE.model); });
});

test('an aborted reading leaves what it did not reach without numbers, and an empty prompt is refused', async () => {
  const store = await openStore({});
  const stop = new AbortController();
  const means = await meanHiddenStates(store, PROMPTS, { batch: 2, signal: stop.signal, between: () => { stop.abort(); return Promise.resolve(); } });
  // The two longest came first.
  expect(means.map((mean) => mean.every(Number.isFinite))).toEqual([false, false, true, true, false]);
  await expect(meanHiddenStates(store, [[1], []])).rejects.toThrow(/empty prompt/);
});
