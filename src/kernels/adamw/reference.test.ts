import { expect, test } from 'vitest';
import { normals, relativeError } from '../../testing/numbers';
import { adamwStep } from './reference';

const settings = { beta1: 0.9, beta2: 0.999, eps: 1e-8 };
const zeros = (size: number): Float64Array => new Float64Array(size);

test('the first step moves every weight by the learning rate against the sign of its gradient, whatever its size', () => {
  const weight = Float64Array.of(1, 1, 1);
  adamwStep({ weight, m: zeros(3), v: zeros(3) }, Float64Array.of(4, -0.01, 0), [{ start: 0, size: 3, learningRate: 0.1, weightDecay: 0 }],
    { ...settings, step: 1, gradientScale: 0.5 });
  expect(relativeError(weight, [0.9, 1.1, 1])).toBeLessThan(1e-6);
});

test('a segment has its own learning rate and decay; what is in no segment stays', () => {
  const weight = Float64Array.of(2, 2, 2, 2);
  const state = { weight, m: zeros(4), v: zeros(4) };
  const segments = [{ start: 1, size: 1, learningRate: 0.1, weightDecay: 0.5 }, { start: 3, size: 1, learningRate: 0.2, weightDecay: 0 }];
  adamwStep(state, zeros(4), segments, { ...settings, step: 1 });
  expect([...weight]).toEqual([2, 1.9, 2, 2]);
  adamwStep(state, Float64Array.of(1, 1, 1, 1), segments, { ...settings, step: 2 });
  expect(weight[0]).toBe(2);
  expect(state.m[2]).toBe(0);
});

test('bias correction makes a constant gradient a constant step', () => {
  const weight = zeros(1);
  const state = { weight, m: zeros(1), v: zeros(1) };
  for (let step = 1; step <= 5; step++) {
    adamwStep(state, Float64Array.of(3), [{ start: 0, size: 1, learningRate: 0.1, weightDecay: 0 }], { ...settings, step });
  }
  expect(weight[0]).toBeCloseTo(-0.5, 8);
});

test('ten steps descend a quadratic towards its minimum', () => {
  const weight = normals(1, 6);
  const state = { weight, m: zeros(6), v: zeros(6) };
  const start = weight.map((w) => w * w).reduce((a, b) => a + b);
  for (let step = 1; step <= 10; step++) {
    adamwStep(state, weight.map((w) => 2 * w), [{ start: 0, size: 6, learningRate: 0.05, weightDecay: 0 }], { ...settings, step });
  }
  expect(weight.map((w) => w * w).reduce((a, b) => a + b)).toBeLessThan(start / 2);
});
