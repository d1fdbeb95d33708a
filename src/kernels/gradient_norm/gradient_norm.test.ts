import { describe, expect, test } from 'vitest';
import { testScope, upload } from '../../testing/device';
import { normals, relativeError } from '../../testing/numbers';
import { TOLERANCE } from '../../testing/tolerances';
import { gradientNorm } from './gradient_norm';
import { requireOneBinding } from './one_binding';
import { gradientNorm as reference } from './reference';

/** The state after one step that had applied 4 before it. */
async function run(values: Float64Array, maxNorm: number, software = true) {
  const n = values.length;
  const scope = await testScope({ software });
  const state = upload(scope, 'state', [4], [9, 9, 9, 4]);
  const norm = gradientNorm(scope, { grads: upload(scope, 'grads', [n], values), state }, { n, maxNorm });
  scope.gpu.run('test', (r) => { norm.record(r); });
  await scope.gpu.ready();
  return scope.gpu.read(state);
}

describe.each([1, 37, 4097, 12_289])('gradient_norm of %i elements', (n) => {
  test.each([
    { maxNorm: 0, software: true },
    { maxNorm: 0.5, software: true },
    { maxNorm: 1e6, software: true },
    { maxNorm: 0.5, software: false },
  ])('matches the reference at maxNorm $maxNorm, software=$software, and counts the step', async ({ maxNorm, software }) => {
    const grads = normals(1, n);
    const want = reference([grads], maxNorm === 0 ? Infinity : maxNorm);
    const [norm, scale, finite, applied] = await run(grads, maxNorm, software);
    expect(relativeError([norm ?? NaN, scale ?? NaN], [want.norm, want.scale])).toBeLessThan(TOLERANCE.kernel);
    expect([finite, applied]).toEqual([1, 5]);
  });

  test.each([
    { bad: NaN, at: 0 },
    { bad: Infinity, at: n - 1 },
    { bad: -Infinity, at: n >> 1 },
  ])('finds $bad at $at: scale 0, and the step does not count', async ({ bad, at }) => {
    const grads = normals(1, n);
    grads[at] = bad;
    expect([...(await run(grads, 1))]).toEqual([NaN, 0, 0, 4]);
  });
});

test('gradient_norm finds every kind of NaN, also with its sign set and in the last place only', async () => {
  for (const bits of [0x7f800001, 0xff800001, 0x7fffffff, 0xffc00000]) {
    const scope = await testScope();
    const grads = scope.tensor('grads', [130]);
    const state = scope.tensor('state', [4]);
    scope.gpu.write(grads, new Uint32Array(130).fill(bits, 77, 78));
    const norm = gradientNorm(scope, { grads, state }, { n: 130, maxNorm: 1 });
    scope.gpu.run('test', (r) => { norm.record(r); });
    await scope.gpu.ready();
    expect([...(await scope.gpu.read(state))]).toEqual([NaN, 0, 0, 0]);
  }
});

test('gradient_norm of zeros is 0, clips nothing and counts', async () => {
  expect([...(await run(new Float64Array(37), 1))]).toEqual([0, 1, 1, 5]);
});

test.each([1e-30, 1e-12, 1e15, 1e30, 5e34])('gradient_norm neither overflows nor vanishes at gradients of %f', async (size) => {
  // One workgroup's stretch is far smaller than the other's.
  const grads = normals(1, 5000, size).map((g, i) => Math.fround(i < 4096 ? g * 1e-3 : g));
  const want = reference([grads], 1);
  const [norm, scale, finite] = await run(grads, 1);
  expect(relativeError([norm ?? NaN], [want.norm])).toBeLessThan(TOLERANCE.kernel);
  expect(relativeError([scale ?? NaN], [want.scale])).toBeLessThan(TOLERANCE.kernel);
  expect(finite).toBe(1);
});

test('gradient_norm of one gradient near the end of f32 is that gradient', async () => {
  const [norm, scale, finite] = await run(Float64Array.of(0, Math.fround(-3e38), 1), 3);
  expect(relativeError([norm ?? NaN, (scale ?? NaN) * 1e38], [3e38, 1])).toBeLessThan(TOLERANCE.kernel);
  expect(finite).toBe(1);
});

test('gradient_norm skips a step whose norm is beyond f32, though each gradient is not', async () => {
  expect([...(await run(new Float64Array(37).fill(3e38), 1))]).toEqual([NaN, 0, 0, 4]);
});

test('flat storage beyond one binding is refused with its size', async () => {
  const scope = await testScope();
  const limit = scope.gpu.device.limits.maxStorageBufferBindingSize;
  const small = scope.tensor('gradients', [1]);
  expect(() => { requireOneBinding(scope, small); }).not.toThrow();
  expect(() => { requireOneBinding(scope, { ...small, bytes: limit + 4 }); })
    .toThrow(/^GPU memory, gradients: expected at most \d+ MiB in one binding, got/);
});
