import { describe, expect, test } from 'vitest';
import type { Scope } from '../../gpu/scope';
import { Random } from '../../random/random';
import { testScope, upload, uploadU32 } from '../../testing/device';
import { normals, relativeError } from '../../testing/numbers';
import { TOLERANCE } from '../../testing/tolerances';
import { combine } from './combine';
import { contribution } from './contribution';
import { gather } from './gather';
import { NO_SLOT, permute } from './permute';
import * as reference from './reference';

interface Case {
  readonly name: string;
  readonly N: number;
  readonly K: number;
  readonly C: number;
  readonly E: number;
  readonly software: boolean;
  /** The K distinct experts of token n, or E for padding. */
  readonly choose: (n: number, k: number) => number;
}

const random = new Random(7);
const anywhere = Array.from({ length: 700 }, () => random.below(8));
const cases: readonly Case[] = [
  { name: 'one expert a token', N: 13, K: 1, C: 37, E: 3, software: true, choose: (n) => (n * n) % 3 },
  {
    name: 'padding in between and at the end', N: 13, K: 2, C: 37, E: 3, software: true,
    choose: (n, k) => (n % 5 === 3 || n > 10 ? 3 : (n + k) % 3),
  },
  { name: 'every expert for every token', N: 13, K: 3, C: 40, E: 3, software: true, choose: (n, k) => (n + k) % 3 },
  { name: 'all tokens to one expert, the others empty', N: 40, K: 1, C: 5, E: 5, software: true, choose: () => 3 },
  { name: 'an empty expert between two', N: 9, K: 2, C: 70, E: 5, software: false, choose: (_, k) => 2 * k + 1 },
  { name: 'only padding', N: 4, K: 2, C: 3, E: 3, software: true, choose: () => 3 },
  { name: 'more entries than threads', N: 700, K: 2, C: 4, E: 8, software: false, choose: (n, k) => ((anywhere[n] ?? NaN) + 3 * k) % 8 },
];

const POISON = 12345;

function placed(scope: Scope, { N, K, E, choose }: Case) {
  const index = Uint32Array.from({ length: N * K }, (_, i) => choose(Math.floor(i / K), i % K));
  const want = reference.permute(index, { N, K, E });
  const t = {
    offsets: scope.tensor('offsets', [E + 1]),
    slotOf: scope.tensor('slotOf', [N, K]),
    sourceOf: uploadU32(scope, 'sourceOf', [N * K], new Uint32Array(N * K).fill(POISON)),
  };
  return { want, t, op: permute(scope, { index: uploadU32(scope, 'index', [N, K], index), ...t }, { N, E, K }) };
}

describe.each(cases)('experts on the GPU: $name, C=$C, software $software', (c) => {
  const { N, K, C, E } = c;
  const R = N * K;

  test('permute counts and places stably; padding has no slot and slots beyond the last are left alone', async () => {
    const scope = await testScope({ software: c.software });
    const { want, t, op } = placed(scope, c);
    scope.gpu.run('test', (r) => { op.forward(r); });
    await scope.gpu.ready();
    expect(await scope.gpu.readU32(t.offsets)).toEqual(want.offsets);
    expect(await scope.gpu.readU32(t.slotOf)).toEqual(want.slot.map((s) => (s === R ? NO_SLOT : s)));
    expect(await scope.gpu.readU32(t.sourceOf)).toEqual(want.source.map((i) => (i === R ? POISON : i)));
  });

  test('gather matches the reference forward and backward, reading and writing no slot beyond the last', async () => {
    const scope = await testScope({ software: c.software });
    const { want, t, op } = placed(scope, c);
    const used = want.offsets[E] ?? NaN;
    const inp = normals(1, N * C);
    const dout = normals(2, R * C);
    const out = upload(scope, 'out', [R, C], new Float32Array(R * C).fill(POISON));
    const dinp = upload(scope, 'dinp', [N, C], new Float32Array(N * C).fill(POISON));
    const poisoned = upload(scope, 'dout', [R, C], dout.map((value, i) => (i < used * C ? value : NaN)));
    const collect = gather(scope, { inp: upload(scope, 'inp', [N, C], inp), ...t, out, dout: poisoned, dinp }, c);
    scope.gpu.run('test', (r) => {
      op.forward(r);
      collect.forward(r);
      collect.backward(r);
    });
    await scope.gpu.ready();
    const rows = reference.gatherForward(inp, want, c);
    expect(relativeError(await scope.gpu.read(out), rows.map((value, i) => (i < used * C ? value : POISON)))).toBe(0);
    expect(relativeError(await scope.gpu.read(dinp), reference.gatherBackward(dout, want, c))).toBeLessThan(TOLERANCE.kernel);
  });

  test('combine matches the reference forward and backward, reading and writing no slot beyond the last', async () => {
    const scope = await testScope({ software: c.software });
    const { want, t, op } = placed(scope, c);
    const used = want.offsets[E] ?? NaN;
    const inp = normals(1, R * C);
    const dout = normals(2, N * C);
    const share = normals(3, N * K);
    const out = upload(scope, 'out', [N, C], new Float32Array(N * C).fill(POISON));
    const dinp = upload(scope, 'dinp', [R, C], new Float32Array(R * C).fill(POISON));
    const dshare = upload(scope, 'dshare', [N, K], new Float32Array(N * K).fill(POISON));
    const mix = combine(scope, {
      inp: upload(scope, 'inp', [R, C], inp.map((value, i) => (i < used * C ? value : NaN))),
      share: upload(scope, 'share', [N, K], share), ...t, out,
      dout: upload(scope, 'dout', [N, C], dout), dinp, dshare,
    }, c);
    scope.gpu.run('test', (r) => {
      op.forward(r);
      mix.forward(r);
      mix.backward(r);
    });
    await scope.gpu.ready();
    const grads = reference.combineBackward(dout, inp, share, want, c);
    expect(relativeError(await scope.gpu.read(out), reference.combineForward(inp, share, want, c))).toBeLessThan(TOLERANCE.kernel);
    const wantDinp = grads.dinp.map((value, i) => (i < used * C ? value : POISON));
    expect(relativeError(await scope.gpu.read(dinp), wantDinp)).toBeLessThan(TOLERANCE.kernel);
    expect(relativeError(await scope.gpu.read(dshare), grads.dshare)).toBeLessThan(TOLERANCE.kernel);
  });

  test('contribution norms match the reference, of the stream and of every slot, and read no slot beyond the last', async () => {
    const scope = await testScope({ software: c.software });
    const { want, t, op } = placed(scope, c);
    const used = want.offsets[E] ?? NaN;
    const inp = normals(1, R * C);
    const share = normals(3, N * K);
    const stream = normals(4, N * C);
    const norm = upload(scope, 'norm', [N, K + 1], new Float32Array(N * (K + 1)).fill(POISON));
    const measure = contribution(scope, {
      inp: upload(scope, 'inp', [R, C], inp.map((value, i) => (i < used * C ? value : NaN))),
      share: upload(scope, 'share', [N, K], share), slotOf: t.slotOf, stream: upload(scope, 'stream', [N, C], stream), norm,
    }, c);
    scope.gpu.run('test', (r) => {
      op.forward(r);
      measure.forward(r);
    });
    await scope.gpu.ready();
    expect(relativeError(await scope.gpu.read(norm), reference.contributionForward(inp, share, stream, want, c))).toBeLessThan(TOLERANCE.kernel);
  });
});
