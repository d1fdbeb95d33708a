import { describe, expect, test } from 'vitest';
import type { ModelConfig } from '../formats/hf_config';
import { nodeGpu } from '../headless/node_gpu';
import { batchOfLabels } from '../model/batch';
import { EVERYTHING } from '../model/policy';
import { referenceGradients, type ReferenceLossOptions } from '../model/reference/loss';
import { ParameterStore } from '../model/store';
import { relativeError } from '../testing/numbers';
import { hostWeights, TINY, TINY_BATCH, tinyWeights } from '../testing/tiny_model';
import { TOLERANCE } from '../testing/tolerances';
import { gradientsOf } from './gradients';
import { NO_ROUTER_LOSSES, type LossWeights } from './recipe';

interface Case {
  readonly name: string;
  readonly config: Partial<ModelConfig>;
  readonly losses: Partial<LossWeights>;
  readonly reference: ReferenceLossOptions;
}

const cases: readonly Case[] = [
  { name: 'dense, language-model loss', config: { experts: 1, topK: 1 }, losses: {}, reference: {} },
  { name: 'dense, tied head', config: { experts: 1, topK: 1, tied: true }, losses: {}, reference: {} },
  { name: 'top-2 of 3 experts, language-model loss', config: {}, losses: {}, reference: {} },
  { name: 'top-1', config: { topK: 1 }, losses: {}, reference: {} },
  { name: 'all experts', config: { topK: 3 }, losses: {}, reference: {} },
  {
    name: 'gate loss, balance and z-loss', config: {},
    losses: { gateLoss: 'nll', gateWeight: 0.7, balanceWeight: 0.3, zWeight: 0.2 },
    reference: { gateMode: 'nll', gateWeight: 0.7, balanceWeight: 0.3, zWeight: 0.2 },
  },
  { name: 'the gate loss of the published code', config: {}, losses: { gateLoss: 'paper-code', gateWeight: 0.7 }, reference: { gateMode: 'paper-code', gateWeight: 0.7 } },
  { name: 'sequence routing', config: { routing: 'sequence' }, losses: { gateLoss: 'nll', gateWeight: 0.7 }, reference: { gateMode: 'nll', gateWeight: 0.7 } },
];

describe('the gradient of every parameter of the tiny model on the GPU matches the float64 reference', () => {
  test.each(cases)('$name', async ({ config: changes, losses: changedLosses, reference: options }) => {
    const config: ModelConfig = { ...TINY, ...changes };
    const losses: LossWeights = { ...NO_ROUTER_LOSSES, ...changedLosses };
    const store = new ParameterStore(await nodeGpu(() => undefined), config, EVERYTHING);
    store.load(hostWeights(config));
    const batch = batchOfLabels(TINY_BATCH.ids, TINY_BATCH.labels, TINY_BATCH);
    const got = await gradientsOf(store, batch, losses);
    store.dispose();
    const want = referenceGradients(config, tinyWeights(config), TINY_BATCH, options);
    expect(relativeError([got.lm], [want.lm])).toBeLessThan(TOLERANCE.model);
    if (config.experts > 1 && losses.gateLoss !== 'none') expect(relativeError([got.gate], [want.gate])).toBeLessThan(TOLERANCE.model);
    expect([...got.gradients.keys()].sort()).toEqual([...want.gradients.keys()].sort());
    for (const [name, gradient] of want.gradients) {
      const error = relativeError(got.gradients.get(name)?.data ?? [], gradient);
      // Top-1 gives the router no gradient: zero against zero has no relative error.
      if (gradient.every((value) => value === 0)) expect(got.gradients.get(name)?.data.every((value) => value === 0)).toBe(true);
      else expect({ name, error, good: error < TOLERANCE.model }).toMatchObject({ good: true });
    }
  });
});
