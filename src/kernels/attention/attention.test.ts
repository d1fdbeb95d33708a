import { describe, expect, test } from 'vitest';
import { testScope, upload, uploadU32 } from '../../testing/device';
import { normals, relativeError } from '../../testing/numbers';
import { TOLERANCE } from '../../testing/tolerances';
import { attention } from './attention';
import { attentionBackward, attentionForward } from './reference';

const SHAPES = [
  { B: 2, T: 7, H: 2, KV: 1, D: 5, lengths: [7, 4] },
  { B: 1, T: 1, H: 3, KV: 3, D: 16, lengths: [1] },
  { B: 3, T: 37, H: 4, KV: 2, D: 16, lengths: [37, 1, 20] },
  { B: 1, T: 130, H: 2, KV: 2, D: 24, lengths: [129] },
  { B: 2, T: 19, H: 6, KV: 2, D: 64, lengths: [11, 19] },
];

describe.each(SHAPES)('attention at B=$B, T=$T, H=$H, KV=$KV, D=$D, lengths $lengths', ({ B, T, H, KV, D, lengths }) => {
  const dims = { B, T, Tcap: T, H, KV, D };
  const q = normals(1, B * T * H * D);
  const k = normals(2, B * T * KV * D);
  const v = normals(3, B * T * KV * D);
  const dout = normals(4, B * T * H * D);

  test('matches the reference forward and backward; padding gives zeros and reaches nobody', async () => {
    const scope = await testScope();
    const t = {
      q: upload(scope, 'q', [B * T, H * D], q),
      k: upload(scope, 'k', [B * T, KV * D], k),
      v: upload(scope, 'v', [B * T, KV * D], v),
      lengths: uploadU32(scope, 'lengths', [B], lengths),
      out: upload(scope, 'out', [B * T, H * D], normals(5, B * T * H * D)),
      lse: upload(scope, 'lse', [B * T, H], normals(6, B * T * H)),
      dout: upload(scope, 'dout', [B * T, H * D], dout),
      dq: upload(scope, 'dq', [B * T, H * D], normals(7, B * T * H * D)),
      dk: upload(scope, 'dk', [B * T, KV * D], normals(8, B * T * KV * D)),
      dv: upload(scope, 'dv', [B * T, KV * D], normals(9, B * T * KV * D)),
    };
    const op = attention(scope, t, dims);
    scope.gpu.run('test', (r) => {
      op.forward(r);
      op.backward(r);
    });
    await scope.gpu.ready();
    const want = attentionForward(q, k, v, lengths, dims);
    const grads = attentionBackward(dout, q, k, v, want.out, want.lse, lengths, dims);
    expect(relativeError(await scope.gpu.read(t.out), want.out)).toBeLessThan(TOLERANCE.transcendental);
    expect(relativeError(await scope.gpu.read(t.lse), want.lse)).toBeLessThan(TOLERANCE.transcendental);
    for (const name of ['dq', 'dk', 'dv'] as const) {
      const got = await scope.gpu.read(t[name]);
      expect(relativeError(got, grads[name]), name).toBeLessThan(TOLERANCE.transcendental);
      const padded = got.filter((_, i) => {
        const n = Math.floor(i / (t[name].shape[1] ?? NaN));
        return n % T >= (lengths[Math.floor(n / T)] ?? NaN);
      });
      expect(padded.every((g) => g === 0), `${name} of padding`).toBe(true);
    }
  });
});
