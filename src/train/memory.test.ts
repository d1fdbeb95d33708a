import { expect, test } from 'vitest';
import { assemble } from '../fusion/assemble';
import { DEFAULT_RECIPE, policyOf, type FusionRecipe } from '../fusion/recipe';
import { Gpu } from '../gpu/gpu';
import { nodeGpu } from '../headless/node_gpu';
import { hostWeights } from '../testing/tiny_model';
import { DENSE } from '../testing/tiny_studio';
import { FusionRun, trainingRecipe } from './fusion_run';
import { estimateMemory, largestBuffer, requireFits } from './memory';

const RECIPE: FusionRecipe = { ...DEFAULT_RECIPE, steps: 2, warmupSteps: 1, batch: 3, microBatch: 3, routerInit: 'random' };
const base = { name: 'base', config: DENSE, weights: hostWeights(DENSE) };
const experts = [base, base, base];
const rows = [5, 11, 19].map((length, label) => ({ ids: Uint32Array.from({ length }, (_, i) => i + 2), promptLength: 2, label }));

test.each<[string, Partial<FusionRecipe>]>([
  ['whole experts', {}], ['adapters', { train: 'lora' }], ['routers alone', { train: 'router' }], ['no warm-up, attention too', { warmupSteps: 0, attention: true }],
  ['passes of two rows', { microBatch: 2 }],
])('the estimate is what the engine allocates, to the byte: %s', async (_, change) => {
  const recipe = { ...RECIPE, ...change };
  const { config } = assemble(base, experts, recipe);
  const { device, adapter } = await nodeGpu(() => undefined);
  // Its own ledger: uniform pages are kept from one run to the next.
  const gpu = new Gpu(device, adapter);
  const plan = { config, policy: policyOf(recipe), recipe: trainingRecipe(recipe), longest: 19, datasets: 3 };
  const estimate = await estimateMemory(gpu.adapter, plan);
  const run = await FusionRun.create(gpu, { base, experts, rows, recipe });
  expect(estimate.total).toBe(gpu.ledger.bytes);
  expect(estimate.largest.bytes).toBe(Math.max(...gpu.ledger.entries().map(({ bytes }) => bytes)));
  const { weights, gradients, optimiser, activations, other, total } = estimate;
  expect(weights + gradients + optimiser + activations + other).toBe(total);
  for (const share of [weights, gradients, optimiser, activations, other]) expect(share).toBeGreaterThan(0);
  // Two moments for each gradient, at least.
  expect(optimiser).toBeGreaterThanOrEqual(2 * gradients);
  run.dispose();
});

test('what is over the limit of one buffer is refused, with the buffer, its size and the limit', async () => {
  const plan = { config: { ...DENSE, vocab: 200_000, width: 8192 }, policy: policyOf(RECIPE), recipe: trainingRecipe(RECIPE), longest: 64, datasets: 3 };
  const estimate = await estimateMemory({ name: 'any', software: true, subgroups: false, timestamps: false }, plan);
  const limits = { maxBufferSize: 2 ** 31, maxStorageBufferBindingSize: 2 ** 30 };
  expect(largestBuffer(limits)).toBe(2 ** 30);
  expect(() => { requireFits(estimate, limits); }).toThrow(/parameters\/embedding: expected at most 1024 MiB in one buffer, got 6250 MiB; .*nothing was allocated/);
  expect(() => { requireFits(estimate, { maxBufferSize: 2 ** 40, maxStorageBufferBindingSize: 2 ** 40 }); }).not.toThrow();
});
