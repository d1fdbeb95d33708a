import { describe, expect, test } from 'vitest';
import { testScope, upload, uploadU32 } from '../../testing/device';
import { normals, relativeError } from '../../testing/numbers';
import { TOLERANCE } from '../../testing/tolerances';
import { routerBackward, routerForward } from './reference';
import { router, type RouterDims, type Steering } from './router';

interface Case extends RouterDims {
  readonly lengths: readonly number[];
  readonly seed: number;
  readonly software?: boolean;
}

async function setUp({ B, T, C, E, K, lengths, seed, software }: Case, inp: Float64Array, weight: Float64Array) {
  const N = B * T;
  // No gradient may come from a padding row, whatever stands there.
  const poison = (values: Float64Array, width: number): Float64Array =>
    values.map((value, i) => (Math.floor(i / width) % T < (lengths[Math.floor(i / width / T)] ?? NaN) ? value : NaN));
  const dshare = poison(normals(seed + 2, N * K), K);
  const dprobs = poison(normals(seed + 3, N * E), E);
  const scope = await testScope(software === undefined ? {} : { software });
  const t = {
    inp: upload(scope, 'inp', [N, C], inp),
    weight: upload(scope, 'weight', [E, C], weight),
    lengths: uploadU32(scope, 'lengths', [B], lengths),
    logits: scope.tensor('logits', [N, E]),
    probs: scope.tensor('probs', [N, E]),
    index: scope.tensor('index', [N, K]),
    share: scope.tensor('share', [N, K]),
    dshare: upload(scope, 'dshare', [N, K], dshare),
    dprobs: upload(scope, 'dprobs', [N, E], dprobs),
    dinp: upload(scope, 'dinp', [N, C], normals(seed + 4, N * C)),
    dweight: upload(scope, 'dweight', [E, C], normals(seed + 5, E * C)),
  };
  return { scope, t, dshare, dprobs, start: normals(seed + 4, N * C), startWeight: normals(seed + 5, E * C) };
}

const sum = (a: Float64Array, b: Float64Array): Float64Array => a.map((value, i) => value + (b[i] ?? NaN));

const cases: readonly Case[] = [
  { B: 1, T: 13, C: 37, E: 3, K: 1, lengths: [13], seed: 1, software: true },
  { B: 1, T: 13, C: 40, E: 3, K: 2, lengths: [11], seed: 2, software: true },
  { B: 3, T: 7, C: 37, E: 3, K: 3, lengths: [7, 0, 4], seed: 3, software: false },
  { B: 2, T: 9, C: 72, E: 5, K: 2, lengths: [9, 1], seed: 4, software: false },
  // Several chunks of rows in dweight.
  { B: 5, T: 67, C: 33, E: 8, K: 8, lengths: [67, 66, 1, 40, 67], seed: 5, software: true },
];

describe.each(cases)('router on the GPU at B=$B, T=$T, C=$C, E=$E, K=$K, software $software', (c) => {
  const inp = normals(c.seed, c.B * c.T * c.C);
  const weight = normals(c.seed + 1, c.E * c.C, 0.3);
  const want = routerForward(inp, weight, c.lengths, c);

  test('matches the reference forward; padding has probabilities and shares 0 and no expert', async () => {
    const { scope, t } = await setUp(c, inp, weight);
    scope.gpu.run('test', (r) => { router(scope, t, c).forward(r); });
    await scope.gpu.ready();
    expect([...(await scope.gpu.readU32(t.index))]).toEqual([...want.index]);
    expect(relativeError(await scope.gpu.read(t.probs), want.probs)).toBeLessThan(TOLERANCE.transcendental);
    expect(relativeError(await scope.gpu.read(t.share), want.share)).toBeLessThan(TOLERANCE.transcendental);
    const isValid = (i: number): boolean => Math.floor(i / c.E) % c.T < (c.lengths[Math.floor(i / c.E / c.T)] ?? NaN);
    expect(relativeError(await scope.gpu.read(t.logits), want.logits.map((l, i) => (isValid(i) ? l : 0)))).toBeLessThan(TOLERANCE.kernel);
  });

  test('backward through the shares, dprobs and the z-loss matches the reference and accumulates', async () => {
    const { scope, t, dshare, dprobs, start, startWeight } = await setUp(c, inp, weight);
    const op = router(scope, t, c);
    op.setZScale(0.07);
    scope.gpu.run('test', (r) => {
      op.forward(r);
      op.backward(r);
    });
    await scope.gpu.ready();
    const grads = routerBackward({ dshare, dprobs, zScale: 0.07 }, inp, weight, want, c.lengths, c);
    expect(relativeError(await scope.gpu.read(t.dinp), sum(grads.dinp, start))).toBeLessThan(TOLERANCE.transcendental);
    expect(relativeError(await scope.gpu.read(t.dweight), sum(grads.dweight, startWeight))).toBeLessThan(TOLERANCE.transcendental);
  });

  test('dinp is written, not added, where told so', async () => {
    const { scope, t, dshare, dprobs } = await setUp(c, inp, weight);
    const op = router(scope, t, c, { zWeight: 0.07, accumulateDinp: false });
    scope.gpu.run('test', (r) => {
      op.forward(r);
      op.backward(r);
    });
    await scope.gpu.ready();
    const { dinp } = routerBackward({ dshare, dprobs, zScale: 0.07 }, inp, weight, want, c.lengths, c);
    expect(relativeError(await scope.gpu.read(t.dinp), dinp)).toBeLessThan(TOLERANCE.transcendental);
  });

  test('backward from dshare alone matches the reference, and is exactly 0 at K = 1', async () => {
    const { scope, t: { dprobs: _, dinp: __, ...t }, dshare } = await setUp(c, inp, weight);
    scope.gpu.write(t.dweight, new Float32Array(c.E * c.C));
    scope.gpu.run('test', (r) => {
      const op = router(scope, t, c);
      op.forward(r);
      op.backward(r);
    });
    await scope.gpu.ready();
    const got = await scope.gpu.read(t.dweight);
    const { dweight } = routerBackward({ dshare }, inp, weight, want, c.lengths, c);
    if (c.K === 1) expect(got.every((value) => value === 0)).toBe(true);
    else expect(relativeError(got, dweight)).toBeLessThan(TOLERANCE.transcendental);
  });
});

/** Forward alone, with nothing that gradients need. */
async function forwardMuted(c: Case, muted: number) {
  const inp = normals(c.seed, c.B * c.T * c.C);
  const weight = normals(c.seed + 1, c.E * c.C, 0.3);
  const { scope, t: { inp: x, weight: w, lengths, logits, probs, index, share } } = await setUp(c, inp, weight);
  scope.gpu.run('test', (r) => { router(scope, { inp: x, weight: w, lengths, logits, probs, index, share }, c, { muted }).forward(r); });
  await scope.gpu.ready();
  const got = { probs: await scope.gpu.read(probs), index: [...(await scope.gpu.readU32(index))], share: await scope.gpu.read(share) };
  return { got, want: routerForward(inp, weight, c.lengths, { ...c, muted }) };
}

test.each([
  { E: 3, K: 2, muted: 0b001 }, { E: 3, K: 2, muted: 0b110 }, { E: 3, K: 1, muted: 0b010 }, { E: 3, K: 3, muted: 0b100 }, { E: 8, K: 4, muted: 0b10110101 },
])('router with muted experts matches the reference at E=$E, K=$K, muted=$muted', async ({ E, K, muted }) => {
  const { got, want } = await forwardMuted({ B: 3, T: 7, C: 37, E, K, lengths: [7, 0, 4], seed: 31 }, muted);
  expect(got.index).toEqual([...want.index]);
  expect(relativeError(got.probs, want.probs)).toBeLessThan(TOLERANCE.transcendental);
  expect(relativeError(got.share, want.share)).toBeLessThan(TOLERANCE.transcendental);
  got.probs.forEach((p, i) => { if (((muted >> (i % E)) & 1) === 1) expect(p).toBe(0); });
});

/** Forward alone after one plain run, so that what steers it is read anew. */
async function forwardSteered(c: Case, how: Steering) {
  const inp = normals(c.seed, c.B * c.T * c.C);
  const weight = normals(c.seed + 1, c.E * c.C, 0.3);
  const { scope, t: { dinp: _, dweight: __, ...t } } = await setUp(c, inp, weight);
  const op = router(scope, t, c);
  const read = async () => ({
    logits: await scope.gpu.read(t.logits), probs: await scope.gpu.read(t.probs), index: [...(await scope.gpu.readU32(t.index))], share: await scope.gpu.read(t.share),
  });
  const run = async (change: Steering | undefined) => {
    if (change) op.steer(change);
    scope.gpu.run('test', (r) => { op.forward(r); });
    return read();
  };
  const plain = await run(undefined);
  const got = await run(how);
  const back = await run({ muted: 0, bias: new Array<number>(c.E).fill(0), temperature: 1 });
  return { plain, got, back, want: routerForward(inp, weight, c.lengths, { ...c, ...how }) };
}

test.each<Steering & { E: number; K: number; software?: boolean }>([
  { E: 3, K: 2, muted: 0, bias: [1.5, -2, 0.25], temperature: 1 }, { E: 3, K: 3, muted: 0, bias: [0, 0, 0], temperature: 0.3, software: true },
  { E: 5, K: 2, muted: 0b01001, bias: [20, -1, 0.5, -20, 2], temperature: 7, software: false }, { E: 8, K: 4, muted: 0b10110001, bias: [0, 1, -1, 2, 5, 5, 0.5, 0], temperature: 1.7 },
])('router steered by muted $muted, bias $bias and temperature $temperature matches the reference, and back its own bits', async ({ E, K, software, ...how }) => {
  const { plain, got, back, want } = await forwardSteered({ B: 3, T: 7, C: 37, E, K, lengths: [7, 0, 4], seed: 31, ...(software === undefined ? {} : { software }) }, how);
  expect(got.index).toEqual([...want.index]);
  expect(relativeError(got.probs, want.probs)).toBeLessThan(TOLERANCE.transcendental);
  expect(relativeError(got.share, want.share)).toBeLessThan(TOLERANCE.transcendental);
  expect(got.logits).toEqual(plain.logits);
  expect(back).toEqual(plain);
});

test.each([1e-300, 1e300])('router at temperature %s gives probabilities, not NaN', async (temperature) => {
  const { got } = await forwardSteered({ B: 1, T: 3, C: 5, E: 3, K: 2, lengths: [3], seed: 12 }, { muted: 0, bias: [0, 0, 0], temperature });
  const rows = [0, 1, 2].map((n) => [...got.probs.subarray(3 * n, 3 * n + 3)].sort());
  for (const row of rows) row.forEach((p, e) => { expect(p).toBeCloseTo(temperature < 1 ? Math.floor(e / 2) : 1 / 3, 6); });
});

test('router refuses to be steered by what leaves no distribution, and where gradients are wanted', async () => {
  const c: Case = { B: 1, T: 1, C: 1, E: 3, K: 1, lengths: [1], seed: 9 };
  const { scope, t: { dinp, dweight, ...t } } = await setUp(c, normals(1, 1), normals(2, 3));
  const op = router(scope, t, c);
  const plain: Steering = { muted: 0, bias: [0, 0, 0], temperature: 1 };
  for (const wrong of [{ muted: 7 }, { bias: [0, 0] }, { bias: [0, NaN, 0] }, { temperature: 0 }, { temperature: Infinity }]) {
    expect(() => { op.steer({ ...plain, ...wrong }); }).toThrow(RangeError);
  }
  expect(() => { router(scope, { ...t, dinp, dweight }, c).steer(plain); }).toThrow('in inference alone');
});

test('router is not disturbed by the logit of a muted expert, however large', async () => {
  const c: Case = { B: 1, T: 1, C: 1, E: 3, K: 2, lengths: [1], seed: 9 };
  const { scope, t: { inp, weight, lengths, logits, probs, index, share } } = await setUp(c, Float64Array.of(1), Float64Array.of(900, 1, 2));
  scope.gpu.run('test', (r) => { router(scope, { inp, weight, lengths, logits, probs, index, share }, c, { muted: 1 }).forward(r); });
  await scope.gpu.ready();
  const want = routerForward(Float64Array.of(1), Float64Array.of(900, 1, 2), [1], { ...c, muted: 1 });
  expect(relativeError(await scope.gpu.read(probs), want.probs)).toBeLessThan(TOLERANCE.transcendental);
  expect([...(await scope.gpu.readU32(index))]).toEqual([2, 1]);
});

test.each([0b111, 8, -1, 0.5])('router refuses to mute %s of three experts', async (muted) => {
  const c: Case = { B: 1, T: 1, C: 1, E: 3, K: 1, lengths: [1], seed: 9 };
  const { scope, t: { dinp: _, dweight: __, ...t } } = await setUp(c, normals(1, 1), normals(2, 3));
  expect(() => router(scope, t, c, { muted })).toThrow(RangeError);
});

test('router refuses to mute where gradients are wanted', async () => {
  const c: Case = { B: 1, T: 1, C: 1, E: 3, K: 1, lengths: [1], seed: 9 };
  const { scope, t } = await setUp(c, normals(1, 1), normals(2, 3));
  expect(() => router(scope, t, c, { muted: 1 })).toThrow('in inference alone');
});

test('router breaks ties to the lowest expert', async () => {
  const c: Case = { B: 1, T: 2, C: 5, E: 4, K: 2, lengths: [2], seed: 9 };
  const row = normals(10, 5);
  // Experts 1 and 3 are one, 0 and 2 their opposite: either pair is tied, and the sign of x·w says which one leads.
  const weight = Float64Array.from({ length: 20 }, (_, i) => (row[i % 5] ?? NaN) * (Math.floor(i / 5) % 2 === 1 ? 1 : -1));
  const inp = Float64Array.from([...row, ...row.map((x) => -x)]);
  const { scope, t } = await setUp(c, inp, weight);
  scope.gpu.run('test', (r) => { router(scope, t, c).forward(r); });
  await scope.gpu.ready();
  expect([...(await scope.gpu.readU32(t.index))]).toEqual([1, 3, 0, 2]);
  expect([...(await scope.gpu.read(t.share))]).toEqual([0.5, 0.5, 0.5, 0.5]);
});

test('router holds logits far apart without overflow', async () => {
  const c: Case = { B: 1, T: 1, C: 1, E: 3, K: 2, lengths: [1], seed: 9 };
  const { scope, t } = await setUp(c, Float64Array.of(1), Float64Array.of(-500, 900, 880));
  scope.gpu.run('test', (r) => { router(scope, t, c).forward(r); });
  await scope.gpu.ready();
  const want = routerForward(Float64Array.of(1), Float64Array.of(-500, 900, 880), [1], c);
  expect(relativeError(await scope.gpu.read(t.probs), want.probs)).toBeLessThan(TOLERANCE.transcendental);
  expect([...(await scope.gpu.readU32(t.index))]).toEqual([1, 2]);
});

test('router gives bit-equal gradients twice', async () => {
  const c: Case = { B: 2, T: 70, C: 65, E: 3, K: 2, lengths: [70, 33], seed: 20 };
  const inp = normals(20, 140 * 65);
  const weight = normals(21, 3 * 65, 0.3);
  const runs: number[][] = [];
  for (let i = 0; i < 2; i++) {
    const { scope, t } = await setUp(c, inp, weight);
    const op = router(scope, t, c);
    scope.gpu.run('test', (r) => {
      op.forward(r);
      op.backward(r);
    });
    runs.push([...(await scope.gpu.read(t.dweight)), ...(await scope.gpu.read(t.dinp))]);
  }
  expect(runs[0]).toEqual(runs[1]);
});

test.each([{ E: 9, K: 1 }, { E: 3, K: 4 }, { E: 3, K: 0 }])('router refuses E=$E, K=$K', async ({ E, K }) => {
  const c: Case = { B: 1, T: 1, C: 1, E, K, lengths: [1], seed: 9 };
  const { scope, t } = await setUp(c, normals(1, 1), normals(2, E));
  expect(() => router(scope, t, c)).toThrow('1 <= K <= E <= 8');
});
