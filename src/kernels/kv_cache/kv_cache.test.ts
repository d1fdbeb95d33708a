import { expect, test } from 'vitest';
import type { Scope } from '../../gpu/scope';
import { testScope, upload, uploadU32 } from '../../testing/device';
import { normals, relativeError } from '../../testing/numbers';
import { TOLERANCE } from '../../testing/tolerances';
import { attention } from '../attention/attention';
import { rope } from '../rope/rope';
import { ropeTable } from '../rope/rope_table';
import { append } from './append';

const [B, S, Tcap, H, KV, D, theta] = [2, 45, 50, 4, 2, 8, 10_000];
const ALWAYS = 0xffffffff;

interface Heads {
  readonly q: ArrayLike<number>; // (B·S, H·D)
  readonly k: ArrayLike<number>; // (B·S, KV·D)
  readonly v: ArrayLike<number>; // (B·S, KV·D)
}

/** Rows from..from+T of every sequence. */
function slice(values: ArrayLike<number>, W: number, from: number, T: number): Float32Array {
  return Float32Array.from({ length: B * T * W }, (_, i) => {
    const [n, c] = [Math.floor(i / W), i % W];
    return values[(Math.floor(n / T) * S + from + (n % T)) * W + c] ?? NaN;
  });
}

/** Attention over a cache that is filled in chunks: out (B·S, H·D). */
async function inChunks(scope: Scope, { q, k, v }: Heads, chunks: readonly number[]): Promise<Float32Array> {
  const table = ropeTable(scope, { positions: Tcap, D, theta });
  const keys = scope.tensor('keys', [B * Tcap, KV * D]);
  const values = scope.tensor('values', [B * Tcap, KV * D]);
  const lengths = uploadU32(scope, 'lengths', [B], Array.from({ length: B }, () => ALWAYS));
  const all = new Float32Array(B * S * H * D);
  let position = 0;
  for (const T of chunks) {
    const rows = {
      q: upload(scope, 'q', [B * T, H * D], slice(q, H * D, position, T)),
      k: upload(scope, 'k', [B * T, KV * D], slice(k, KV * D, position, T)),
      v: upload(scope, 'v', [B * T, KV * D], slice(v, KV * D, position, T)),
      turned: scope.tensor('turned', [B * T, H * D]),
      out: scope.tensor('out', [B * T, H * D]),
      lse: scope.tensor('lse', [B * T, H]),
    };
    const ops = [
      rope(scope, { inp: rows.q, out: rows.turned, table }, { B, T, Tcap: T, heads: H, D }),
      rope(scope, { inp: rows.k, out: keys, table }, { B, T, Tcap, heads: KV, D }),
      append(scope, { inp: rows.v, out: values }, { B, T, Tcap, W: KV * D }),
      attention(scope, { q: rows.turned, k: keys, v: values, out: rows.out, lse: rows.lse, lengths }, { B, T, Tcap, H, KV, D }),
    ];
    for (const op of ops) op.setPosition(position);
    scope.gpu.run('chunk', (r) => { for (const op of ops) op.forward(r); });
    await scope.gpu.ready();
    const out = await scope.gpu.read(rows.out);
    for (let b = 0; b < B; b++) all.set(out.subarray(b * T * H * D, (b + 1) * T * H * D), (b * S + position) * H * D);
    position += T;
  }
  return all;
}

test.each([
  { how: 'token by token', chunks: Array.from({ length: S }, () => 1) },
  { how: 'a prompt, then tokens', chunks: [40, 1, 1, 1, 1, 1] },
  { how: 'chunks of several sizes', chunks: [3, 20, 1, 21] },
])('a cache filled with $how gives what one full pass gives', async ({ chunks }) => {
  const heads = { q: normals(1, B * S * H * D), k: normals(2, B * S * KV * D), v: normals(3, B * S * KV * D) };
  const scope = await testScope();
  const full = await inChunks(scope, heads, [S]);
  expect(relativeError(await inChunks(scope, heads, chunks), full)).toBeLessThan(TOLERANCE.kernel);
});

test('sequences at positions of their own give the rows that one full pass gives', async () => {
  const heads = { q: normals(1, B * S * H * D), k: normals(2, B * S * KV * D), v: normals(3, B * S * KV * D) };
  const scope = await testScope();
  const full = await inChunks(scope, heads, [S]);
  const at = [44, 7];
  const table = ropeTable(scope, { positions: Tcap, D, theta });
  const keys = scope.tensor('keys', [B * Tcap, KV * D]);
  const values = scope.tensor('values', [B * Tcap, KV * D]);
  const lengths = uploadU32(scope, 'lengths', [B], at.map(() => ALWAYS));
  const row = (all: ArrayLike<number>, W: number, t: number): Float32Array => // (B, W): one row a sequence, t or its own
    Float32Array.from({ length: B * W }, (_, i) => all[(Math.floor(i / W) * S + Math.min(t, at[Math.floor(i / W)] ?? 0)) * W + (i % W)] ?? NaN);
  const k = upload(scope, 'k', [B, KV * D], row(heads.k, KV * D, 0));
  const v = upload(scope, 'v', [B, KV * D], row(heads.v, KV * D, 0));
  const q = upload(scope, 'q', [B, H * D], row(heads.q, H * D, S));
  const positions = uploadU32(scope, 'positions', [B], [0, 0]);
  const turned = scope.tensor('turned', [B, H * D]);
  const out = scope.tensor('out', [B, H * D]);
  const lse = scope.tensor('lse', [B, H]);
  const one = { B, T: 1, Tcap };
  const ops = [
    rope(scope, { inp: k, out: keys, table, positions }, { ...one, heads: KV, D }),
    append(scope, { inp: v, out: values, positions }, { ...one, W: KV * D }),
    rope(scope, { inp: q, out: turned, table, positions }, { ...one, Tcap: 1, heads: H, D }),
    attention(scope, { q: turned, k: keys, v: values, out, lse, lengths, positions }, { ...one, H, KV, D }),
  ];
  // The shorter sequence waits at its last position while the longer one goes on.
  for (let t = 0; t < S; t++) {
    scope.gpu.write(k, row(heads.k, KV * D, t));
    scope.gpu.write(v, row(heads.v, KV * D, t));
    scope.gpu.write(positions, Uint32Array.from(at, (last) => Math.min(t, last)));
    scope.gpu.run('step', (r) => { for (const op of ops) op.forward(r); });
  }
  await scope.gpu.ready();
  const want = at.flatMap((t, b) => [...full.subarray((b * S + t) * H * D, (b * S + t + 1) * H * D)]);
  expect(relativeError(await scope.gpu.read(out), want)).toBeLessThan(TOLERANCE.kernel);
});

test('positions of their own are refused for more rows than the decode kernel serves', async () => {
  const scope = await testScope();
  const tensor = scope.tensor('any', [64, 8]);
  const t = { q: tensor, k: tensor, v: tensor, lengths: tensor, positions: tensor, out: scope.tensor('out', [64, 8]), lse: scope.tensor('lse', [64]) };
  expect(() => attention(scope, t, { B: 1, T: 16, Tcap: 64, H: 1, KV: 1, D: 8 })).toThrow('positions of their own need fewer than');
});

test('append refuses rows beyond the cache', async () => {
  const scope = await testScope();
  const op = append(scope, { inp: scope.tensor('inp', [2, 4]), out: scope.tensor('out', [8, 4]) }, { B: 1, T: 2, Tcap: 8, W: 4 });
  expect(() => { op.setPosition(7); }).toThrow('append: positions 7 to 8 do not fit into 8');
});
