import { describe, expect, test } from 'vitest';
import { Random } from '../../random/random';
import { testScope, upload, uploadU32 } from '../../testing/device';
import { normals, relativeError } from '../../testing/numbers';
import { TOLERANCE } from '../../testing/tolerances';
import { crossEntropy } from './cross_entropy';
import { crossEntropy as reference } from './reference';

interface Case {
  readonly R: number;
  readonly V: number;
  readonly count: number;
  readonly scale?: number;
  /** Whose workgroup size is taken; a software adapter's unless told. */
  readonly software?: boolean;
}

const targetsOf = ({ R, V }: Case): Uint32Array => {
  const random = new Random(5);
  return Uint32Array.from({ length: R }, () => random.below(V));
};

async function run(values: Float64Array, targets: ArrayLike<number>, { R, V, count, scale, software = true }: Case, trained: boolean) {
  const scope = await testScope({ software });
  const logits = upload(scope, 'logits', [R, V], values);
  const loss = upload(scope, 'loss', [R], new Float64Array(R).fill(NaN));
  const op = crossEntropy(scope, {
    logits,
    targets: uploadU32(scope, 'targets', [R], targets),
    offsets: uploadU32(scope, 'offsets', [2], [0, count]),
    loss,
    ...(trained ? { dlogits: logits } : {}),
  }, { R, V });
  if (scale !== undefined) op.setScale(scale);
  scope.gpu.run('test', (r) => {
    op.forward(r);
    op.backward(r);
  });
  await scope.gpu.ready();
  return { logits: await scope.gpu.read(logits), loss: await scope.gpu.read(loss) };
}

describe.each<Case>([
  { R: 1, V: 1, count: 1 },
  { R: 13, V: 67, count: 9, scale: 1 / 9 },
  { R: 5, V: 784, count: 5, scale: 0.25 },
  { R: 3, V: 5003, count: 2, scale: 1 / 32 },
  { R: 2, V: 128256, count: 1 },
  { R: 4, V: 9, count: 0 },
  { R: 13, V: 67, count: 9, software: false },
  { R: 3, V: 5003, count: 2, software: false },
])('cross_entropy on the GPU at R=$R, V=$V, count=$count, software=$software', (c) => {
  const { R, V, count, scale } = c;
  const logits = normals(1, R * V, 3);
  const targets = targetsOf(c);
  const want = reference(logits.subarray(0, count * V), targets, { N: count, V }, scale);

  test('training writes the losses and replaces the logits by their gradient', async () => {
    const got = await run(logits, targets, c, true);
    expect(relativeError(got.loss.subarray(0, count), want.loss)).toBeLessThan(TOLERANCE.transcendental);
    expect(relativeError(got.logits.subarray(0, count * V), want.dlogits)).toBeLessThan(TOLERANCE.transcendental);
    expect([...got.loss.subarray(count)]).toEqual(new Array<number>(R - count).fill(0));
    expect(got.logits.subarray(count * V)).toEqual(Float32Array.from(logits.subarray(count * V)));
  });

  test('evaluation writes the losses and leaves the logits', async () => {
    const got = await run(logits, targets, c, false);
    expect(relativeError(got.loss.subarray(0, count), want.loss)).toBeLessThan(TOLERANCE.transcendental);
    expect([...got.loss.subarray(count)]).toEqual(new Array<number>(R - count).fill(0));
    expect(got.logits).toEqual(Float32Array.from(logits));
  });
});

describe.each([
  { name: 'spread over ±1e4', offset: 0, spread: 1e4 },
  { name: 'near 1e4', offset: 1e4, spread: 1 },
  { name: 'near −1e4', offset: -1e4, spread: 1 },
])('cross_entropy of logits $name', ({ offset, spread }) => {
  test.each([true, false])('is exact with trained=%s', async (trained) => {
    const c = { R: 7, V: 37, count: 7, scale: 0.5 };
    const logits = normals(3, c.R * c.V, spread).map((x) => Math.fround(offset + x));
    const targets = targetsOf(c);
    const got = await run(logits, targets, c, trained);
    const want = reference(logits, targets, { N: c.R, V: c.V }, c.scale);
    expect(relativeError(got.loss, want.loss)).toBeLessThan(TOLERANCE.transcendental);
    if (trained) expect(relativeError(got.logits, want.dlogits)).toBeLessThan(TOLERANCE.transcendental);
  });
});

test.each([NaN, Infinity])('cross_entropy of a %s logit is not finite, so that the step can be skipped', async (bad) => {
  const c = { R: 2, V: 37, count: 2 };
  const logits = normals(3, c.R * c.V);
  logits[40] = bad;
  const got = await run(logits, [1, 2], c, true);
  expect(got.loss[0]).toBeCloseTo(reference(logits.subarray(0, 37), [1], { N: 1, V: 37 }).loss[0] ?? NaN, 4);
  expect(Number.isFinite(got.loss[1])).toBe(false);
  expect(got.logits.subarray(37).some((d) => !Number.isFinite(d))).toBe(true);
});

test('cross_entropy refuses a gradient tensor that is not the logits', async () => {
  const scope = await testScope();
  const make = (label: string) => scope.tensor(label, [1, 3]);
  const t = { logits: make('logits'), targets: make('targets'), offsets: make('offsets'), loss: make('loss') };
  expect(() => crossEntropy(scope, { ...t, dlogits: make('dlogits') }, { R: 1, V: 3 }))
    .toThrow('cross_entropy: the gradient replaces logits, so dlogits must be the same tensor');
});
