import { describe, expect, test } from 'vitest';
import { testScope, upload } from '../../testing/device';
import { normals, relativeError } from '../../testing/numbers';
import { gradientNorm } from '../gradient_norm/gradient_norm';
import { gradientNorm as referenceNorm } from '../gradient_norm/reference';
import { adamw, type AdamwOptions } from './adamw';
import { adamwStep } from './reference';

/** Of the way that the weights went: stricter than of the weights themselves, which hide a wrong step behind their size. */
const TRAJECTORY = 1e-5;

async function setUp(weights: Float64Array, options: AdamwOptions, maxNorm: number) {
  const n = weights.length;
  const scope = await testScope();
  const t = {
    weight: upload(scope, 'weight', [n], weights),
    grad: scope.tensor('grad', [n]),
    m: scope.tensor('m', [n]),
    v: scope.tensor('v', [n]),
    state: scope.tensor('state', [4]),
  };
  const norm = gradientNorm(scope, { grads: t.grad, state: t.state }, { n, maxNorm });
  const optimiser = adamw(scope, t, options);
  const step = (grads: Float64Array, learningRate: number): void => {
    scope.gpu.write(t.grad, Float32Array.from(grads));
    optimiser.setLearningRate(learningRate);
    scope.gpu.run('test', (r) => {
      norm.record(r);
      optimiser.record(r);
    });
  };
  const read = async () => {
    await scope.gpu.ready();
    const [weight, m, v] = [await scope.gpu.read(t.weight), await scope.gpu.read(t.m), await scope.gpu.read(t.v)];
    return { weight, m, v };
  };
  return { step, read };
}

const gap = (a: ArrayLike<number>, b: ArrayLike<number>): Float64Array => Float64Array.from(a, (x, i) => x - (b[i] ?? NaN));

describe.each([
  { beta1: 0.9, beta2: 0.999 },
  { beta1: 0, beta2: 0.95 },
  { beta1: 0.5, beta2: 0.99999 },
])('adamw at β₁=$beta1, β₂=$beta2', (betas) => {
  // Odd starts, a frozen gap, a segment of more than one workgroup.
  const segments = [
    { start: 3, count: 37, learningRateScale: 1, weightDecay: 0.1 },
    { start: 41, count: 1, learningRateScale: 1, weightDecay: 0 },
    { start: 70, count: 1203, learningRateScale: 0.3, weightDecay: 0.01 },
  ];
  const options = { segments, ...betas, eps: 1e-8 };
  const n = 1300;

  test('ten clipped steps follow the float64 trajectory; what is in no segment stays', async () => {
    // As small as a model's: an f32 of size 1 cannot hold a step of 0.001 to 1e-5.
    const start = normals(1, n, 0.02);
    const { step, read } = await setUp(start, options, 20);
    const want = { weight: start.slice(), m: new Float64Array(n), v: new Float64Array(n) };
    for (let t = 1; t <= 10; t++) {
      const grads = normals(10 + t, n, t);
      const learningRate = 0.01 / t;
      step(grads, learningRate);
      const scaled = segments.map(({ start: first, count, learningRateScale, weightDecay }) =>
        ({ start: first, size: count, learningRate: learningRate * learningRateScale, weightDecay }));
      adamwStep(want, grads, scaled, { ...betas, eps: 1e-8, step: t, gradientScale: referenceNorm([grads], 20).scale });
    }
    const got = await read();
    expect(relativeError(gap(got.weight, start), gap(want.weight, start))).toBeLessThan(TRAJECTORY);
    expect(relativeError(got.m, want.m)).toBeLessThan(TRAJECTORY);
    expect(relativeError(got.v, want.v)).toBeLessThan(TRAJECTORY);
    for (const i of [0, 2, 40, 42, 69, 1273, 1299]) expect([got.weight[i], got.m[i], got.v[i]]).toEqual([start[i], 0, 0]);
  });
});

test.each([NaN, Infinity, -Infinity])('adamw leaves weights and moments as they are at a %f gradient, and goes on after it', async (bad) => {
  const n = 131;
  const whole = { start: 0, count: n, learningRateScale: 1, weightDecay: 0.1 };
  const options = { segments: [whole], beta1: 0.9, beta2: 0.999, eps: 1e-8 };
  const start = normals(1, n, 0.02);
  const { step, read } = await setUp(start, options, 0);
  const want = { weight: start.slice(), m: new Float64Array(n), v: new Float64Array(n) };
  const segments = [{ start: 0, size: n, learningRate: 0.01, weightDecay: 0.1 }];
  const grads = normals(2, n);
  step(grads, 0.01);
  adamwStep(want, grads, segments, { ...options, step: 1 });
  const before = await read();
  const broken = normals(3, n);
  broken[130] = bad;
  step(broken, 0.01);
  expect(await read()).toEqual(before);
  step(grads, 0.01);
  adamwStep(want, grads, segments, { ...options, step: 2 });
  expect(relativeError(gap((await read()).weight, start), gap(want.weight, start))).toBeLessThan(TRAJECTORY);
});

test('adamw refuses a segment that ends beyond the storage', async () => {
  const segments = [{ start: 30, count: 8, learningRateScale: 1, weightDecay: 0 }];
  await expect(setUp(new Float64Array(37), { segments, beta1: 0.9, beta2: 0.999, eps: 1e-8 }, 0))
    .rejects.toThrow('adamw: the segment of 8 elements from 30 ends beyond 37');
});
