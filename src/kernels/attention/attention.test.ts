import { describe, expect, test } from 'vitest';
import { testScope, upload, uploadU32 } from '../../testing/device';
import { normals, relativeError } from '../../testing/numbers';
import { TOLERANCE } from '../../testing/tolerances';
import { attention, type AttentionDims } from './attention';
import { attentionBackward, attentionForward } from './reference';
import { attentionTiles } from './tiles';

interface Shape extends Omit<AttentionDims, 'Tcap'> {
  readonly lengths: readonly number[];
}

const SHAPES: readonly Shape[] = [
  { B: 2, T: 7, H: 2, KV: 1, D: 5, lengths: [7, 4] },
  { B: 1, T: 1, H: 3, KV: 3, D: 16, lengths: [1] },
  { B: 3, T: 37, H: 4, KV: 2, D: 16, lengths: [37, 1, 20] },
  { B: 1, T: 130, H: 2, KV: 2, D: 24, lengths: [129] },
];
const WIDE: Shape = { B: 2, T: 19, H: 6, KV: 2, D: 64, lengths: [11, 19] };

const FAMILIES = [
  { family: 'quads', adapter: { software: true, subgroups: true }, shapes: [...SHAPES, WIDE] },
  { family: 'rows of a software adapter without subgroups', adapter: { software: true, subgroups: false }, shapes: SHAPES },
  { family: 'rows of a hardware adapter', adapter: { software: false, subgroups: true }, shapes: SHAPES },
];

/** Row by row, NaN where the row is padding: nothing may come of it. */
function padded(values: Float64Array, T: number, lengths: readonly number[], filler = NaN): Float64Array {
  const W = values.length / (T * lengths.length);
  return values.map((value, i) => {
    const n = Math.floor(i / W);
    return n % T < (lengths[Math.floor(n / T)] ?? NaN) ? value : filler;
  });
}

describe.each(FAMILIES)('attention by $family', ({ family, adapter, shapes }) => {
  test.for(shapes)('matches the reference and keeps padding out at B=$B, T=$T, H=$H, KV=$KV, D=$D, lengths $lengths', async (shape, { skip }) => {
    const { B, T, H, KV, D, lengths } = shape;
    const scope = await testScope();
    skip(family === 'quads' && !scope.gpu.adapter.subgroups, 'this adapter has no subgroups');
    const queries = [B * T, H * D];
    const keys = [B * T, KV * D];
    const q = normals(1, B * T * H * D);
    const k = normals(2, B * T * KV * D);
    const v = normals(3, B * T * KV * D);
    const dout = normals(4, B * T * H * D);
    const t = {
      q: upload(scope, 'q', queries, padded(q, T, lengths)),
      k: upload(scope, 'k', keys, padded(k, T, lengths)),
      v: upload(scope, 'v', keys, padded(v, T, lengths)),
      dout: upload(scope, 'dout', queries, padded(dout, T, lengths)),
      lengths: uploadU32(scope, 'lengths', [B], lengths),
      out: upload(scope, 'out', queries, normals(5, B * T * H * D)),
      lse: upload(scope, 'lse', [B * T, H], normals(6, B * T * H)),
      dq: upload(scope, 'dq', queries, normals(7, B * T * H * D)),
      dk: upload(scope, 'dk', keys, normals(8, B * T * KV * D)),
      dv: upload(scope, 'dv', keys, normals(9, B * T * KV * D)),
    };
    const op = attention(scope, t, { B, T, Tcap: T, H, KV, D }, attentionTiles(adapter, D));
    scope.gpu.run('test', (r) => {
      op.forward(r);
      op.backward(r);
    });
    await scope.gpu.ready();
    const forward = attentionForward(q, k, v, lengths, shape);
    const want = { ...forward, ...attentionBackward(dout, q, k, v, forward.out, forward.lse, lengths, shape) };
    for (const name of ['out', 'lse', 'dq', 'dk', 'dv'] as const) {
      const got = Float64Array.from(await scope.gpu.read(t[name]));
      expect(relativeError(got, want[name]), name).toBeLessThan(TOLERANCE.transcendental);
      expect(got, `${name} in padding`).toEqual(padded(got, T, lengths, 0));
    }
  });
});

test('attention with scores of several hundred neither overflows nor loses the row', async () => {
  const dims = { B: 1, T: 21, H: 1, KV: 1, D: 8 };
  const [q, k, v] = [normals(1, 21 * 8, 30), normals(2, 21 * 8, 30), normals(3, 21 * 8)];
  const scope = await testScope();
  const t = {
    q: upload(scope, 'q', [21, 8], q), k: upload(scope, 'k', [21, 8], k), v: upload(scope, 'v', [21, 8], v),
    lengths: uploadU32(scope, 'lengths', [1], [21]), out: scope.tensor('out', [21, 8]), lse: scope.tensor('lse', [21, 1]),
  };
  const op = attention(scope, t, { ...dims, Tcap: 21 });
  scope.gpu.run('test', (r) => { op.forward(r); });
  await scope.gpu.ready();
  const want = attentionForward(q, k, v, [21], dims);
  // A score of 10³ is known to 10³·6e-8 in f32: that is the relative error of a probability.
  expect(relativeError(await scope.gpu.read(t.out), want.out)).toBeLessThan(TOLERANCE.model);
  expect(relativeError(await scope.gpu.read(t.lse), want.lse)).toBeLessThan(TOLERANCE.kernel);
});
