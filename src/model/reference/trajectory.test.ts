import { expect, test } from 'vitest';
import { TINY, TINY_BATCH, tinyWeights } from '../../testing/tiny_model';
import { referenceLoss } from './loss';
import { referenceAdamwTrajectory } from './trajectory';

const optimiser = { beta1: 0.9, beta2: 0.95, eps: 1e-8, learningRate: () => 0.01, weightDecay: () => 0.1, maxNorm: 1 };
const options = { gateWeight: 0.1, gateMode: 'nll' } as const;

test('ten AdamW steps on one batch lower its loss, from a copy of the weights', () => {
  const start = tinyWeights(TINY);
  const { steps, weights } = referenceAdamwTrajectory(TINY, start, new Array(10).fill(TINY_BATCH), options, optimiser);
  expect(start).toEqual(tinyWeights(TINY));
  expect(steps.map(({ norm }) => norm > 0)).toEqual(new Array(10).fill(true));
  expect(referenceLoss(TINY, weights, TINY_BATCH, options).loss).toBeLessThan((steps[0]?.loss ?? NaN) / 2);
});

test('parameters that do not train stay as they are, decay included', () => {
  const trains = (name: string): boolean => name.includes('block_sparse_moe');
  const start = tinyWeights(TINY);
  const { weights } = referenceAdamwTrajectory(TINY, start, [TINY_BATCH, TINY_BATCH], options, { ...optimiser, trains });
  for (const [name, weight] of weights) {
    const moved = weight.some((w, i) => w !== start.get(name)?.[i]);
    expect({ name, moved }).toEqual({ name, moved: trains(name) });
  }
});
