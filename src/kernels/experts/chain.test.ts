import { expect, test } from 'vitest';
import { testScope, upload, uploadU32 } from '../../testing/device';
import { normals, relativeError } from '../../testing/numbers';
import { TOLERANCE } from '../../testing/tolerances';
import { routerBackward, routerForward } from '../router/reference';
import { router } from '../router/router';
import { combine } from './combine';
import { gather } from './gather';
import { permute } from './permute';
import * as reference from './reference';

// Stands for the experts' FFN: expert e multiplies its rows by factors_e. One workgroup takes one slot.
const SCALE = `
struct Params { C: u32, E: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> inp: array<f32>;        // (R, C)
@group(0) @binding(2) var<storage, read> factors: array<f32>;    // (E)
@group(0) @binding(3) var<storage, read> offsets: array<u32>;    // (E + 1)
@group(0) @binding(4) var<storage, read_write> out: array<f32>;  // (R, C)
@compute @workgroup_size(1)
fn main(@builtin(workgroup_id) wid: vec3u) {
  let s = wid.x;
  if (s >= offsets[params.E]) { return; }
  var e = 0u;
  while (s >= offsets[e + 1]) { e++; }
  for (var c = 0u; c < params.C; c++) { out[s * params.C + c] = factors[e] * inp[s * params.C + c]; }
}`;

/** The same chain in float64: the mixture's output, and the gradients of its input and of the router. */
function chain(
  { inp, weight, dout, factors }: Readonly<Record<'inp' | 'weight' | 'dout' | 'factors', Float64Array>>,
  lengths: readonly number[], d: { B: number; T: number; N: number; C: number; E: number; K: number },
) {
  const routed = routerForward(inp, weight, lengths, d);
  const places = reference.permute(routed.index, d);
  const scaled = (rows: Float64Array): Float64Array => rows.map((value, i) => {
    const e = places.offsets.findLastIndex((offset) => offset <= Math.floor(i / d.C));
    return value * (factors[e] ?? 0);
  });
  const answers = scaled(reference.gatherForward(inp, places, d));
  const mixed = reference.combineBackward(dout, answers, routed.share, places, d);
  const through = reference.gatherBackward(scaled(mixed.dinp), places, d);
  const gate = routerBackward({ dshare: mixed.dshare }, inp, weight, routed, lengths, d);
  return {
    out: reference.combineForward(answers, routed.share, places, d),
    dinp: through.map((value, i) => value + (gate.dinp[i] ?? NaN)),
    dweight: gate.dweight,
  };
}

test.each([
  { C: 37, E: 3, K: 1, software: true }, { C: 37, E: 3, K: 2, software: true }, { C: 40, E: 3, K: 3, software: true },
  { C: 40, E: 5, K: 2, software: true }, { C: 37, E: 3, K: 2, software: false }, { C: 72, E: 5, K: 3, software: false },
])('router, permute, gather, scaled experts, combine and back match the reference at C=$C, E=$E, K=$K, software $software', async (c) => {
  const { C, E, K } = c;
  const [B, T] = [2, 13];
  const N = B * T;
  const R = N * K;
  const dims = { B, T, N, C, E, K };
  const lengths = [13, 6];
  const values = { inp: normals(1, N * C), weight: normals(2, E * C, 0.3), dout: normals(3, N * C), factors: normals(4, E) };
  const scope = await testScope({ software: c.software });
  const zeros = (label: string, ...shape: number[]) => scope.tensor(label, shape);
  const inp = upload(scope, 'inp', [N, C], values.inp);
  const dinp = upload(scope, 'dinp', [N, C], normals(5, N * C)); // overwritten by gather
  const weight = upload(scope, 'weight', [E, C], values.weight);
  const dweight = zeros('dweight', E, C);
  const factors = upload(scope, 'factors', [E], values.factors);
  const dout = upload(scope, 'dout', [N, C], values.dout);
  const index = zeros('index', N, K);
  const share = zeros('share', N, K);
  const dshare = zeros('dshare', N, K);
  const slots = { offsets: zeros('offsets', E + 1), slotOf: zeros('slotOf', N, K), sourceOf: zeros('sourceOf', R) };
  const rows = { inp: zeros('rows', R, C), dinp: zeros('drows', R, C), out: zeros('answers', R, C), dout: zeros('danswers', R, C) };
  const out = zeros('out', N, C);

  const route = router(scope, {
    inp, weight, lengths: uploadU32(scope, 'lengths', [B], lengths),
    logits: zeros('logits', N, E), probs: zeros('probs', N, E), index, share, dshare, dinp, dweight,
  }, dims);
  const place = permute(scope, { index, ...slots }, dims);
  const collect = gather(scope, { inp, ...slots, out: rows.inp, dout: rows.dinp, dinp }, dims);
  const scale = (label: string, from: typeof inp, to: typeof inp) => scope.dispatch(
    { name: `test ${label}`, source: SCALE },
    { tensors: { inp: from, factors, offsets: slots.offsets, out: to }, params: { C, E }, workgroups: [R] },
  );
  const [scaleForward, scaleBackward] = [scale('forward', rows.inp, rows.out), scale('backward', rows.dout, rows.dinp)];
  const mix = combine(scope, { inp: rows.out, share, ...slots, out, dout, dinp: rows.dout, dshare }, dims);
  scope.gpu.run('test', (r) => {
    for (const op of [route, place, collect]) op.forward(r);
    r.dispatch(scaleForward);
    mix.forward(r);
    mix.backward(r);
    r.dispatch(scaleBackward);
    for (const op of [collect, place, route]) op.backward(r);
  });
  await scope.gpu.ready();

  const want = chain(values, lengths, dims);
  expect(relativeError(await scope.gpu.read(out), want.out)).toBeLessThan(TOLERANCE.transcendental);
  expect(relativeError(await scope.gpu.read(dinp), want.dinp)).toBeLessThan(TOLERANCE.transcendental);
  const got = await scope.gpu.read(dweight);
  if (K === 1) expect(got.every((value) => value === 0)).toBe(true);
  else expect(relativeError(got, want.dweight)).toBeLessThan(TOLERANCE.transcendental);
});
