import { describe, expect, test } from 'vitest';
import type { ModelConfig } from '../../formats/hf_config';
import { dot, finiteDifferences, normals, relativeError } from '../../testing/numbers';
import { TINY, TINY_BATCH, tinyWeights } from '../../testing/tiny_model';
import { TOLERANCE } from '../../testing/tolerances';
import { referenceGradients, referenceLoss, type ReferenceLossOptions } from './loss';
import { referenceForward } from './model';

const DIRECTIONS = 4;

/** The smallest distance between a chosen and a rejected logit of any real token: perturbations must not reach across it. */
function routerMargin(config: ModelConfig, weights: ReadonlyMap<string, Float64Array>, topK = config.topK): number {
  const { router } = referenceForward(config, weights, TINY_BATCH, { topK });
  const gaps = router.flatMap(({ logits, lse }) => [...lse.keys()].filter((n) => lse[n] !== 0).map((n) => {
    const sorted = logits.slice(n * config.experts, (n + 1) * config.experts).sort().reverse();
    return (sorted[topK - 1] ?? NaN) - (sorted[topK] ?? -Infinity);
  }));
  return Math.min(Infinity, ...gaps);
}

/** Along random unit directions of each parameter, the slope of the loss against that which the gradients promise. */
function expectSlopes(config: ModelConfig, options: ReferenceLossOptions): void {
  const weights = tinyWeights(config);
  expect(routerMargin(config, weights, options.topK)).toBeGreaterThan(3e-3);
  const { gradients } = referenceGradients(config, weights, TINY_BATCH, options);
  expect([...gradients.keys()].sort()).toEqual([...weights.keys()].sort());
  for (const [name, weight] of weights) {
    const start = weight.slice();
    const along = Float64Array.of(0); // the distance gone in the direction of the turn
    const slopes = Array.from({ length: DIRECTIONS }, (_, i) => {
      const random = normals(i, weight.length);
      const direction = random.map((x) => x / Math.sqrt(dot(random, random)));
      const loss = (): number => {
        start.forEach((w, j) => { weight[j] = w + (along[0] ?? NaN) * (direction[j] ?? NaN); });
        return referenceLoss(config, weights, TINY_BATCH, options).loss;
      };
      return { promised: dot(gradients.get(name) ?? [], direction), seen: finiteDifferences(loss, along)[0] ?? NaN };
    });
    weight.set(start);
    const error = relativeError(slopes.map(({ promised }) => promised), slopes.map(({ seen }) => seen));
    expect({ name, error, good: error < TOLERANCE.finiteDifference }).toMatchObject({ good: true });
  }
}

describe('every parameter’s gradient of the tiny model matches finite differences', () => {
  test('in each of its elements, for lm + gate + balance + z', () => {
    const options: ReferenceLossOptions = { gateWeight: 0.5, gateMode: 'nll', balanceWeight: 0.3, zWeight: 0.1 };
    const config: ModelConfig = { ...TINY, layers: 1 };
    const weights = tinyWeights(config);
    expect(routerMargin(config, weights)).toBeGreaterThan(3e-3);
    const { gradients } = referenceGradients(config, weights, TINY_BATCH, options);
    for (const [name, weight] of weights) {
      const seen = finiteDifferences(() => referenceLoss(config, weights, TINY_BATCH, options).loss, weight);
      expect(relativeError(gradients.get(name) ?? [], seen)).toBeLessThan(TOLERANCE.finiteDifference);
    }
  });

  const whole: ReferenceLossOptions = { gateWeight: 0.5, gateMode: 'nll', balanceWeight: 0.3, zWeight: 0.1 };
  test.each<[string, Partial<ModelConfig>, ReferenceLossOptions]>([
    ['lm', {}, {}],
    ['lm + gate, nll', {}, { gateWeight: 0.5, gateMode: 'nll' }],
    ['lm + gate, paper code', {}, { gateWeight: 0.5, gateMode: 'paper-code' }],
    ['lm + gate, per token', {}, { gateWeight: 0.5, gateMode: 'token' }],
    ['lm + balance', {}, { balanceWeight: 0.3 }],
    ['lm + z', {}, { zWeight: 0.1 }],
    ['all terms, sequence routing', { routing: 'sequence' }, whole],
    ['all terms, tied', { tied: true }, whole],
    ['all terms, top-1', { topK: 1 }, whole],
    ['all terms, top-3', { topK: 3 }, whole],
    ['all terms, top-3 asked of a top-2 model', {}, { ...whole, topK: 3 }],
    ['lm, dense', { experts: 1, topK: 1 }, {}],
    ['lm, dense, tied', { experts: 1, topK: 1, tied: true }, {}],
  ])('in random directions: %s', (_, change, options) => {
    expectSlopes({ ...TINY, ...change }, options);
  });
});

test('with top-1 the lm loss gives the router no gradient', () => {
  const config: ModelConfig = { ...TINY, topK: 1 };
  const { gradients } = referenceGradients(config, tinyWeights(config), TINY_BATCH);
  for (const layer of [0, 1]) {
    const gate = gradients.get(`model.layers.${String(layer)}.block_sparse_moe.gate.weight`);
    expect(gate?.every((g) => Math.abs(g) < 1e-15)).toBe(true);
  }
});

test('experts that are all the same make the routed model the dense one', () => {
  const dense: ModelConfig = { ...TINY, experts: 1, topK: 1 };
  const weights = tinyWeights(dense);
  const routed = tinyWeights(TINY);
  for (const name of routed.keys()) {
    const [, expert] = /experts\.\d\.(w\d)/.exec(name) ?? [];
    const part = { w1: 'gate', w2: 'down', w3: 'up' }[expert ?? ''];
    const source = part === undefined ? name : name.replace(/block_sparse_moe.*/, `mlp.${part}_proj.weight`);
    const shared = weights.get(source);
    if (shared) routed.set(name, shared);
  }
  expect(referenceLoss(TINY, routed, TINY_BATCH).lm).toBeCloseTo(referenceLoss(dense, weights, TINY_BATCH).lm, 12);
});

test('a sequence’s logits depend neither on the other sequence nor on padding', () => {
  const weights = tinyWeights(TINY);
  const both = referenceForward(TINY, weights, TINY_BATCH);
  TINY_BATCH.ids.forEach((ids, b) => {
    const alone = referenceForward(TINY, weights, { ids: [ids] });
    const rows = both.logits.subarray(b * both.T * TINY.vocab, (b * both.T + ids.length) * TINY.vocab);
    expect(relativeError(alone.logits, rows)).toBeLessThan(1e-14);
  });
});

test('labels align as in HF: the label of position t is predicted from t − 1, the first is not used', () => {
  const weights = tinyWeights(TINY);
  const { logits } = referenceForward(TINY, weights, { ids: [[4, 2, 9]] });
  const first = logits.subarray(0, 31);
  const nll = Math.log(first.reduce((sum, x) => sum + Math.exp(x), 0)) - (first[7] ?? NaN);
  expect(referenceLoss(TINY, weights, { ids: [[4, 2, 9]], labels: [[30, 7, -100]] }).lm).toBeCloseTo(nll, 12);
});
