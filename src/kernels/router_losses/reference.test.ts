import { describe, expect, test } from 'vitest';
import { finiteDifferences, normals, relativeError } from '../../testing/numbers';
import { TOLERANCE } from '../../testing/tolerances';
import { routerForward } from '../router/reference';
import { balanceLoss, gateLoss, gateMeanBackward, gateMeanForward, tokenGateLoss, zLoss } from './reference';

const dims = { B: 2, T: 4, C: 5, E: 3, K: 2, L: 2 };
const lengths = [4, 3];
const datasetLabels = [2, 0];
const layers = [1, 2].map((seed) => routerForward(normals(seed, 40), normals(seed + 2, 15, 0.3), lengths, dims));
const probs = layers.map((layer) => layer.probs);
const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);

describe('gate loss', () => {
  test.each(['nll', 'paper-code'] as const)('%s: the gradient in the probabilities of every layer matches finite differences', (mode) => {
    const loss = (): number => sum(gateLoss(gateMeanForward(probs, lengths, dims), datasetLabels, mode, dims).loss);
    const { dpbar } = gateLoss(gateMeanForward(probs, lengths, dims), datasetLabels, mode, dims);
    const dprobs = gateMeanBackward(dpbar, lengths, dims);
    for (const layer of probs) expect(relativeError(dprobs, finiteDifferences(loss, layer, 1e-5))).toBeLessThan(TOLERANCE.finiteDifference);
  });

  test('per token: the gradient matches finite differences and carries the scale', () => {
    const { dprobs } = tokenGateLoss(probs, datasetLabels, lengths, dims, 3);
    const loss = (): number => 3 * sum(tokenGateLoss(probs, datasetLabels, lengths, dims).loss);
    probs.forEach((layer, l) => {
      expect(relativeError(dprobs[l] ?? [], finiteDifferences(loss, layer, 1e-5))).toBeLessThan(TOLERANCE.finiteDifference);
    });
  });

  test('undecided routing costs ln 3; the paper code can only move between 0.551 and 1.551', () => {
    const of = (row: number[], mode: 'nll' | 'paper-code'): number => sum(gateLoss(Float64Array.from(row), [0], mode, { B: 1, E: 3 }).loss);
    expect(of([1 / 3, 1 / 3, 1 / 3], 'nll')).toBeCloseTo(Math.log(3), 12);
    expect(of([1, 0, 0], 'nll')).toBeCloseTo(0, 12);
    expect(of([1, 0, 0], 'paper-code')).toBeCloseTo(0.551, 3);
    expect(of([0, 1, 0], 'paper-code')).toBeCloseTo(1.551, 3);
  });
});

test('balance loss is 1 when even, E when one expert takes everything; its gradient treats the load as constant', () => {
  const one = { B: 1, T: 2, E: 2, K: 1 };
  expect(balanceLoss(Float64Array.of(0.6, 0.4, 0.4, 0.6), [0, 1], [2], one).loss).toBeCloseTo(1, 12);
  expect(balanceLoss(Float64Array.of(1, 0, 1, 0), [0, 0], [2], one).loss).toBeCloseTo(2, 12);
  const [layer] = layers;
  if (!layer) throw new Error('two layers were made');
  const loss = (): number => 0.7 * balanceLoss(layer.probs, layer.index, lengths, dims).loss;
  const { dprobs } = balanceLoss(layer.probs, layer.index, lengths, dims, 0.7);
  expect(relativeError(dprobs, finiteDifferences(loss, layer.probs))).toBeLessThan(TOLERANCE.finiteDifference);
});

test('z-loss is the mean of lse² over real tokens', () => {
  expect(zLoss(Float64Array.of(1, 2, 100, 3), [2, 1], { B: 2, T: 2 })).toBeCloseTo((1 + 4 + 100 ** 2) / 3, 9);
});
