import { describe, expect, test } from 'vitest';
import { Random } from '../../random/random';
import { testScope, upload, uploadU32 } from '../../testing/device';
import { normals, relativeError } from '../../testing/numbers';
import { TOLERANCE } from '../../testing/tolerances';
import { gatherRows } from './gather_rows';
import { gatherRowsBackward, gatherRowsForward } from './reference';

const SENTINEL = 7;

describe.each([
  { N: 1, R: 1, C: 1, count: 1 },
  { N: 19, R: 13, C: 37, count: 9 },
  { N: 70, R: 70, C: 65, count: 70 },
  { N: 31, R: 23, C: 68, count: 17 },
  { N: 6, R: 4, C: 5, count: 0 },
])('gather_rows on the GPU at N=$N, R=$R, C=$C, count=$count', ({ N, R, C, count }) => {
  test('compacts the rows, gives their gradients back on top, and touches nothing beyond the count', async () => {
    const rows = new Random(4).shuffle(Array.from({ length: N }, (_, n) => n)).slice(0, R);
    const inp = normals(1, N * C);
    const dout = normals(2, R * C);
    const start = normals(3, N * C);
    const scope = await testScope();
    const t = {
      inp: upload(scope, 'inp', [N, C], inp),
      rows: uploadU32(scope, 'rows', [R], rows),
      offsets: uploadU32(scope, 'offsets', [2], [0, count]),
      out: upload(scope, 'out', [R, C], new Float64Array(R * C).fill(SENTINEL)),
      dout: upload(scope, 'dout', [R, C], dout),
      dinp: upload(scope, 'dinp', [N, C], start),
    };
    const op = gatherRows(scope, t, { R, C });
    scope.gpu.run('test', (r) => {
      op.forward(r);
      op.backward(r);
    });
    await scope.gpu.ready();
    const dims = { N, R: count, C };
    const beyond = new Array<number>((R - count) * C).fill(SENTINEL);
    expect([...(await scope.gpu.read(t.out))]).toEqual([...gatherRowsForward(inp, rows, dims), ...beyond]);
    const want = gatherRowsBackward(dout, rows, dims).map((d, i) => d + (start[i] ?? NaN));
    expect(relativeError(await scope.gpu.read(t.dinp), want)).toBeLessThan(TOLERANCE.kernel);
  });
});
