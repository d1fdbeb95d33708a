import { describe, expect, test } from 'vitest';
import type { HostModel } from '../fusion/assemble';
import { DEFAULT_RECIPE, type FusionRecipe } from '../fusion/recipe';
import { nodeGpu } from '../headless/node_gpu';
import type { LabelledRow } from '../model/batch';
import { FROZEN } from '../model/policy';
import { ParameterStore } from '../model/store';
import type { ModelConfig } from '../formats/hf_config';
import { hostWeights, TINY } from '../testing/tiny_model';
import { evaluateLoss } from './evaluate_loss';
import { FusionRun } from './fusion_run';
import type { StepMetrics } from './metrics';

const DENSE: ModelConfig = { ...TINY, experts: 1, topK: 1 };
const base: HostModel = { name: 'base', config: DENSE, weights: hostWeights(DENSE) };

/** The base with an FFN of its own, as alignment would leave it. */
function aligned(name: string, seed: number): HostModel {
  const other = hostWeights(DENSE, seed);
  return { name, config: DENSE, weights: new Map([...base.weights].map(([key, value]) => [key, key.includes('.mlp.') ? other.get(key) ?? value : value])) };
}

const experts = [aligned('helpful', 2), aligned('harmless', 3), aligned('honest', 4)];

/** Three datasets that differ in their first token and answer. */
const rows: readonly LabelledRow[] = Array.from({ length: 30 }, (_, i) => {
  const label = i % 3;
  return { ids: Uint32Array.of(1, 5 + label, 10 + (i % 4), 20 + label, 24 + label, 2), promptLength: 3, label };
});

const RECIPE: FusionRecipe = { ...DEFAULT_RECIPE, steps: 40, warmupSteps: 20, batch: 6, microBatch: 6, learningRate: 0.02 };

async function fused(changes: Partial<FusionRecipe>) {
  const metrics: StepMetrics[] = [];
  const run = await FusionRun.create(await nodeGpu(() => undefined), { base, experts, rows, recipe: { ...RECIPE, ...changes } }, { onMetrics: (m) => metrics.push(m) });
  while (!run.trainer.finished) await run.trainer.advance();
  return { run, metrics, model: await run.model() };
}

describe('fusion', () => {
  // What is left of the first step's language loss at most; the router alone can only choose among experts that know little.
  test.each<[string, Partial<FusionRecipe>, number]>([
    ['full experts, ridge router', {}, 0.5],
    ['adapters with dropout', { train: 'lora', rank: 4, alpha: 8, dropout: 0.1 }, 0.8],
    ['the router alone, led by the gate loss', { train: 'router', routerInit: 'hidden', gateWeight: 3 }, 0.97],
    ['sequence routing, all experts', { routing: 'sequence', topK: 3 }, 0.5],
    ['top-1 with the gate loss', { topK: 1, routerInit: 'random', warmupSteps: 0, gateWeight: 1 }, 0.5],
  ])('%s: the losses fall and the router learns whose rows are whose', async (_, changes, left) => {
    const { run, metrics } = await fused(changes);
    const tune = metrics.filter(({ phase }) => phase === 'tune');
    expect(tune).toHaveLength(40);
    expect(tune.at(-1)?.lm).toBeLessThan(left * (tune[0]?.lm ?? NaN));
    const last = tune.slice(-10).map(({ router }) => router?.accuracy ?? NaN);
    expect(last.reduce((sum, accuracy) => sum + accuracy / last.length, 0)).toBeGreaterThan(0.6);
    expect(metrics.every(({ skipped }) => !skipped)).toBe(true);
    run.dispose();
  });

  test('the downloaded model, adapters merged, has the loss of the one that was trained', async () => {
    for (const train of ['full', 'lora'] as const) {
      const { run, model } = await fused({ train, dropout: 0.5, steps: 10, warmupSteps: 2 });
      const inPlace = await evaluateLoss(run.store, rows);
      const store = new ParameterStore(run.store.gpu, model.config, FROZEN);
      store.load(model.weights);
      const reloaded = await evaluateLoss(store, rows);
      expect(reloaded.nll).toBeCloseTo(inPlace.nll, 4);
      expect(reloaded.tokens).toBe(90);
      store.dispose();
      run.dispose();
    }
  });

  test('attention, norms and embeddings stay those of the base', async () => {
    const { run, model } = await fused({ steps: 3 });
    for (const [name, { data }] of base.weights) if (!name.includes('.mlp.')) expect({ name, data: model.weights.get(name)?.data }).toEqual({ name, data });
    run.dispose();
  });

  test('a strong drift penalty keeps the experts nearer to where they started', async () => {
    const [free, held] = [await fused({ drift: [0, 0, 0] }), await fused({ drift: [0.5, 0, 0] })];
    const moved = ({ metrics }: typeof free): readonly number[] => metrics.at(-1)?.drift ?? [];
    expect(moved(held)[0]).toBeLessThan(0.5 * (moved(free)[0] ?? NaN));
    expect(moved(held)[1]).toBeGreaterThan(0.3 * (moved(free)[1] ?? NaN));
    for (const { run } of [free, held]) run.dispose();
  });

  test('experts of another base, and a top-k above their number, are refused by name', async () => {
    const gpu = await nodeGpu(() => undefined);
    const stranger: HostModel = { name: 'stranger', config: DENSE, weights: hostWeights(DENSE, 9) };
    await expect(FusionRun.create(gpu, { base, experts: [stranger], rows, recipe: { ...RECIPE, topK: 1 } }))
      .rejects.toThrow('stranger, model.embed_tokens.weight: expected the weights of base');
    const wider: HostModel = { ...stranger, config: { ...DENSE, ffnWidth: 14 } };
    await expect(FusionRun.create(gpu, { base, experts: [wider], rows, recipe: RECIPE })).rejects.toThrow('stranger, ffnWidth: expected 13 as in base, got 14');
    await expect(FusionRun.create(gpu, { base, experts, rows, recipe: { ...RECIPE, topK: 4 } })).rejects.toThrow('recipe, top-k: expected a whole number from 1 to 3');
  });

  test('nothing stays allocated after a run is disposed', async () => {
    const gpu = await nodeGpu(() => undefined);
    (await fused({ steps: 2, warmupSteps: 0 })).run.dispose();
    const before = gpu.ledger.bytes;
    (await fused({ steps: 2, warmupSteps: 0 })).run.dispose();
    expect(gpu.ledger.bytes).toBe(before);
  });
});
