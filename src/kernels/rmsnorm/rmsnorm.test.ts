import { describe, expect, test } from 'vitest';
import { testScope, upload } from '../../testing/device';
import { dot, finiteDifferences, normals, relativeError } from '../../testing/numbers';
import { TOLERANCE } from '../../testing/tolerances';
import { rmsnormBackward, rmsnormForward } from './reference';
import { rmsnorm } from './rmsnorm';

const eps = 1e-5;

test('rmsnorm reference backward matches finite differences at N=3, C=7', () => {
  const dims = { N: 3, C: 7, eps };
  const inp = normals(1, 21);
  const weight = normals(2, 7);
  const dout = normals(3, 21);
  const loss = (): number => dot(rmsnormForward(inp, weight, dims).out, dout);
  const { dinp, dweight } = rmsnormBackward(dout, inp, weight, rmsnormForward(inp, weight, dims).rstd, dims);
  expect(relativeError(dinp, finiteDifferences(loss, inp))).toBeLessThan(TOLERANCE.finiteDifference);
  expect(relativeError(dweight, finiteDifferences(loss, weight))).toBeLessThan(TOLERANCE.finiteDifference);
});

describe.each([{ N: 3, C: 37 }, { N: 1, C: 1 }, { N: 70, C: 128 }])('rmsnorm on the GPU at N=$N, C=$C', ({ N, C }) => {
  test('matches the reference forward and backward, and accumulates', async () => {
    const inp = normals(1, N * C);
    const weight = normals(2, C);
    const dout = normals(3, N * C);
    const start = normals(4, N * C);
    const scope = await testScope();
    const t = {
      inp: upload(scope, 'inp', [N, C], inp),
      weight: upload(scope, 'weight', [C], weight),
      out: scope.tensor('out', [N, C]),
      rstd: scope.tensor('rstd', [N]),
      dout: upload(scope, 'dout', [N, C], dout),
      dinp: upload(scope, 'dinp', [N, C], start),
      dweight: scope.tensor('dweight', [C]),
    };
    const op = rmsnorm(scope, t, { N, C, eps });
    scope.gpu.run('test', (r) => {
      op.forward(r);
      op.backward(r);
    });
    await scope.gpu.ready();
    const want = rmsnormForward(inp, weight, { N, C, eps });
    const grads = rmsnormBackward(dout, inp, weight, want.rstd, { N, C });
    expect(relativeError(await scope.gpu.read(t.out), want.out)).toBeLessThan(TOLERANCE.kernel);
    expect(relativeError(await scope.gpu.read(t.dinp), grads.dinp.map((g, i) => g + (start[i] ?? NaN)))).toBeLessThan(TOLERANCE.kernel);
    expect(relativeError(await scope.gpu.read(t.dweight), grads.dweight)).toBeLessThan(TOLERANCE.kernel);
  });
});
