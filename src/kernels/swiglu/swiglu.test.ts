import { describe, expect, test } from 'vitest';
import { testScope, upload, uploadU32 } from '../../testing/device';
import { normals, relativeError } from '../../testing/numbers';
import { TOLERANCE } from '../../testing/tolerances';
import { swigluBackward, swigluForward } from './reference';
import { swiglu } from './swiglu';

const SENTINEL = 7;

async function run(gate: Float64Array, up: Float64Array, dout: Float64Array, dims: { R: number; F: number; G: number }, offsets: number[]) {
  const { R, F, G } = dims;
  const scope = await testScope();
  const written = (label: string) => upload(scope, label, [R, F], new Float64Array(R * F).fill(SENTINEL));
  const t = {
    gate: upload(scope, 'gate', [R, F], gate),
    up: upload(scope, 'up', [R, F], up),
    dout: upload(scope, 'dout', [R, F], dout),
    offsets: uploadU32(scope, 'offsets', [G + 1], offsets),
    out: written('out'),
    dgate: written('dgate'),
    dup: written('dup'),
  };
  const op = swiglu(scope, t, dims);
  scope.gpu.run('test', (r) => {
    op.forward(r);
    op.backward(r);
  });
  await scope.gpu.ready();
  return { out: await scope.gpu.read(t.out), dgate: await scope.gpu.read(t.dgate), dup: await scope.gpu.read(t.dup) };
}

describe.each([
  { R: 1, F: 1, G: 1, offsets: [0, 1] },
  { R: 13, F: 37, G: 1, offsets: [0, 13] },
  { R: 21, F: 67, G: 3, offsets: [0, 4, 4, 17] },
  { R: 9, F: 68, G: 1, offsets: [0, 7] },
  { R: 5, F: 3, G: 2, offsets: [0, 0, 0] },
])('swiglu on the GPU at R=$R, F=$F, offsets $offsets', ({ R, F, G, offsets }) => {
  test('matches the reference forward and backward, and touches no row beyond the last group', async () => {
    const gate = normals(1, R * F, 3);
    const up = normals(2, R * F);
    const dout = normals(3, R * F);
    const got = await run(gate, up, dout, { R, F, G }, offsets);
    const grads = swigluBackward(dout, gate, up);
    const used = (offsets[G] ?? NaN) * F;
    for (const [mine, want] of [[got.out, swigluForward(gate, up)], [got.dgate, grads.dgate], [got.dup, grads.dup]] as const) {
      expect(relativeError(mine.subarray(0, used), want.subarray(0, used))).toBeLessThan(TOLERANCE.transcendental);
      expect(mine.subarray(used).every((value) => value === SENTINEL)).toBe(true);
    }
  });
});

test('swiglu stays finite and right where exp would overflow', async () => {
  const gate = Float64Array.of(-1e4, -100, -89, 0, 17, 89, 100, 1e4);
  const ones = new Float64Array(8).fill(1);
  const got = await run(gate, ones, ones, { R: 1, F: 8, G: 1 }, [0, 1]);
  const grads = swigluBackward(ones, gate, ones);
  expect(relativeError(got.out, swigluForward(gate, ones))).toBeLessThan(TOLERANCE.transcendental);
  expect(relativeError(got.dgate, grads.dgate)).toBeLessThan(TOLERANCE.transcendental);
  expect(relativeError(got.dup, grads.dup)).toBeLessThan(TOLERANCE.transcendental);
});
