import { describe, expect, test } from 'vitest';
import type { ModelConfig } from '../formats/hf_config';
import { nodeGpu } from '../headless/node_gpu';
import type { LabelledRow } from '../model/batch';
import { EVERYTHING, FROZEN } from '../model/policy';
import { referenceAdamwTrajectory } from '../model/reference/trajectory';
import type { ReferenceBatch } from '../model/reference/loss';
import { ParameterStore } from '../model/store';
import { relativeError } from '../testing/numbers';
import { hostWeights, TINY, tinyWeights } from '../testing/tiny_model';
import { TOLERANCE } from '../testing/tolerances';
import type { StepMetrics } from './metrics';
import { NO_ROUTER_LOSSES, type TrainingRecipe } from './recipe';
import { learningRateAt } from './schedule';
import { Trainer } from './trainer';

/** Two rows of different datasets: with a batch of two, every step sees both. */
const ROWS: readonly LabelledRow[] = [
  { ids: Uint32Array.of(1, 5, 30, 5, 0, 17, 9), promptLength: 3, label: 2 },
  { ids: Uint32Array.of(1, 22, 8, 13), promptLength: 2, label: 0 },
];

const RECIPE: TrainingRecipe = {
  steps: 10, warmupSteps: 0, batch: 2, microBatch: 2, learningRate: 0.01, weightDecay: 0.1, clip: 1, beta1: 0.9, beta2: 0.95,
  losses: { ...NO_ROUTER_LOSSES, gateLoss: 'nll', gateWeight: 0.3 }, seed: 1,
};

async function trained(config: ModelConfig, recipe: TrainingRecipe, rows = ROWS) {
  const gpu = await nodeGpu(() => undefined);
  const store = new ParameterStore(gpu, config, EVERYTHING);
  store.load(hostWeights(config));
  const metrics: StepMetrics[] = [];
  const trainer = await Trainer.create(store, rows, recipe, { datasets: 3, onMetrics: (step) => metrics.push(step) });
  while (!trainer.finished) await trainer.advance();
  await trainer.drain();
  const weights = await store.download();
  trainer.dispose();
  store.dispose();
  return { metrics, weights };
}

const batch: ReferenceBatch = {
  ids: ROWS.map(({ ids }) => [...ids]),
  labels: ROWS.map(({ ids, promptLength }) => [...ids].map((id, t) => (t < promptLength ? -100 : id))),
  datasetLabels: ROWS.map(({ label }) => label),
  promptLengths: ROWS.map(({ promptLength }) => promptLength),
};

describe('training', () => {
  // The balance loss is a product of means over a micro-batch: only whole batches have the reference's.
  test.each([
    { microBatch: 2, balanceWeight: 0.2, zWeight: 0.1 },
    { microBatch: 1, balanceWeight: 0, zWeight: 0.1 },
  ])('ten AdamW steps follow the reference’s trajectory, $microBatch rows at a time', async ({ microBatch, balanceWeight, zWeight }) => {
    const { metrics, weights } = await trained(TINY, { ...RECIPE, microBatch, losses: { ...RECIPE.losses, balanceWeight, zWeight } });
    const want = referenceAdamwTrajectory(TINY, tinyWeights(TINY), new Array<ReferenceBatch>(10).fill(batch), { gateMode: 'nll', gateWeight: 0.3, balanceWeight, zWeight }, {
      beta1: 0.9, beta2: 0.95, eps: 1e-8, maxNorm: 1,
      learningRate: (step) => learningRateAt({ learningRate: 0.01, steps: 10, warmupSteps: 1 }, step),
      weightDecay: (name) => (name.includes('norm') ? 0 : 0.1),
    });
    expect(relativeError(metrics.map(({ loss }) => loss), want.steps.map(({ loss }) => loss))).toBeLessThan(TOLERANCE.model);
    expect(relativeError(metrics.map(({ gradientNorm }) => gradientNorm), want.steps.map(({ norm }) => norm))).toBeLessThan(TOLERANCE.model);
    for (const [name, weight] of want.weights) {
      const error = relativeError(weights.get(name)?.data ?? [], weight);
      expect({ name, error, good: error < TOLERANCE.model }).toMatchObject({ good: true });
    }
  });

  test('a step submits once and waits for nothing', async () => {
    const gpu = await nodeGpu(() => undefined);
    const store = new ParameterStore(gpu, TINY, EVERYTHING);
    store.load(hostWeights(TINY));
    const trainer = await Trainer.create(store, ROWS, { ...RECIPE, steps: 6 }, { datasets: 3 });
    await trainer.advance();
    const before = { ...gpu.counters };
    for (let i = 0; i < 5; i++) await trainer.advance();
    expect(gpu.counters.submits - before.submits).toBe(5);
    expect(gpu.counters.waits - before.waits).toBe(0);
    await trainer.drain();
    trainer.dispose();
    store.dispose();
  });

  test('one seed twice gives bit-equal weights, and a learnt batch', async () => {
    const recipe = { ...RECIPE, steps: 60, learningRate: 0.02 };
    const first = await trained(TINY, recipe);
    const second = await trained(TINY, recipe);
    for (const [name, { data }] of first.weights) expect(second.weights.get(name)?.data).toEqual(data);
    expect(first.metrics.at(-1)?.lm).toBeLessThan(0.1 * (first.metrics[0]?.lm ?? NaN));
  });

  test('a slice budget cuts steps into several submits and changes no value', async () => {
    const gpu = await nodeGpu(() => undefined);
    const whole = await trained(TINY, RECIPE);
    const store = new ParameterStore(gpu, TINY, EVERYTHING);
    store.load(hostWeights(TINY));
    const trainer = await Trainer.create(store, ROWS, RECIPE, { datasets: 3, sliceBudget: 0.5 });
    const before = gpu.counters.submits;
    while (!trainer.finished) await trainer.advance();
    await trainer.drain();
    expect(gpu.counters.submits - before).toBeGreaterThan(RECIPE.steps);
    for (const [name, { data }] of await store.download()) expect(whole.weights.get(name)?.data).toEqual(data);
    trainer.dispose();
    store.dispose();
  });

  test('warm-up moves the routers alone, towards the datasets’ own experts', async () => {
    const { metrics, weights } = await trained(TINY, { ...RECIPE, warmupSteps: 30, steps: 1, learningRate: 0.05 });
    const start = hostWeights(TINY);
    const warm = metrics.filter(({ phase }) => phase === 'warmup');
    expect(warm).toHaveLength(30);
    expect(warm.at(-1)?.gate).toBeLessThan(0.5 * (warm[0]?.gate ?? NaN));
    expect(weights.get('model.norm.weight')?.data).not.toEqual(start.get('model.norm.weight')?.data);
    const only = await trained(TINY, { ...RECIPE, warmupSteps: 30, steps: 0, learningRate: 0.05 });
    for (const [name, { data }] of only.weights) {
      expect({ name, moved: !data.every((w, i) => w === start.get(name)?.data[i]) }).toEqual({ name, moved: name.endsWith('moe.gate.weight') });
    }
  });

  test('an endless gradient skips the step, and five in a row end the run with the weights as they were', async () => {
    const gpu = await nodeGpu(() => undefined);
    const store = new ParameterStore(gpu, TINY, EVERYTHING);
    const weights = hostWeights(TINY);
    weights.get('lm_head.weight')?.data.fill(1e38);
    store.load(weights);
    const trainer = await Trainer.create(store, ROWS, RECIPE, { datasets: 3 });
    await expect((async () => {
      while (!trainer.finished) await trainer.advance();
      await trainer.drain();
    })()).rejects.toThrow('5 steps in a row without; lower the learning rate');
    for (const [name, { data }] of await store.download()) expect(data).toEqual(weights.get(name)?.data);
    store.dispose();
  });

  test('another number of experts per token acts from the next step on, as in a run that was made with it', async () => {
    const gpu = await nodeGpu(() => undefined);
    const steps = async (trainer: Trainer, count: number): Promise<void> => {
      for (let i = 0; i < count; i++) await trainer.advance();
      await trainer.drain();
    };
    const made = async (topK: number) => {
      const store = new ParameterStore(gpu, { ...TINY, topK }, EVERYTHING);
      store.load(hostWeights(TINY));
      const metrics: StepMetrics[] = [];
      const trainer = await Trainer.create(store, ROWS, RECIPE, { datasets: 3, onMetrics: (step) => metrics.push(step) });
      return { store, trainer, metrics };
    };
    const end = ({ store, trainer }: Awaited<ReturnType<typeof made>>): void => {
      trainer.dispose();
      store.dispose();
    };
    // More than there were need larger buffers, fewer fit into those that there are.
    for (const [before, after] of [[2, 1], [1, 3]] as const) {
      const changed = await made(before);
      await steps(changed.trainer, 3);
      const kept = changed.trainer.snapshot();
      await changed.trainer.setTopK(after);
      expect(changed.store.config.topK).toBe(after);
      await steps(changed.trainer, 4);

      const straight = await made(after);
      straight.trainer.restore(kept);
      await steps(straight.trainer, 4);
      const want = await straight.store.download();
      for (const [name, { data }] of await changed.store.download()) expect(data).toEqual(want.get(name)?.data);
      const slots = changed.metrics.at(-1)?.router?.load.flat().map((byExpert) => byExpert.filter((load) => load > 0).length) ?? [];
      expect(Math.max(...slots)).toBeGreaterThanOrEqual(after);
      expect(changed.metrics.slice(3)).toMatchObject(straight.metrics.map(({ loss, gradientNorm }) => ({ loss, gradientNorm })));
      kept.dispose();
      end(changed);
      end(straight);
    }
  });

  test('a number of experts that cannot be bound leaves the run as it was', async () => {
    const gpu = await nodeGpu(() => undefined);
    const whole = await trained(TINY, RECIPE);
    const store = new ParameterStore(gpu, TINY, EVERYTHING);
    store.load(hostWeights(TINY));
    const trainer = await Trainer.create(store, ROWS, RECIPE, { datasets: 3 });
    for (let i = 0; i < 4; i++) await trainer.advance();
    const before = gpu.ledger.bytes;
    await expect(trainer.setTopK(4)).rejects.toThrow('1 <= K <= E');
    expect(store.config.topK).toBe(TINY.topK);
    expect(gpu.ledger.bytes).toBe(before);
    while (!trainer.finished) await trainer.advance();
    await trainer.drain();
    for (const [name, { data }] of await store.download()) expect(whole.weights.get(name)?.data).toEqual(data);
    trainer.dispose();
    store.dispose();
  });

  test('rows that do not exist, or nothing that trains, are refused', async () => {
    const gpu = await nodeGpu(() => undefined);
    const store = new ParameterStore(gpu, TINY, EVERYTHING);
    await expect(Trainer.create(store, [], RECIPE, { datasets: 3 })).rejects.toThrow('the training rows: expected at least one row, got none');
    await expect(Trainer.create(new ParameterStore(gpu, TINY, FROZEN), ROWS, RECIPE, { datasets: 3 })).rejects.toThrow('nothing trains');
  });
});
