import { expect, test } from 'vitest';
import { testScope, upload, uploadU32 } from '../../testing/device';
import { normals, relativeError } from '../../testing/numbers';
import { TOLERANCE } from '../../testing/tolerances';
import { promptMean } from './prompt_mean';
import { promptMeanBackward, promptMeanForward } from './reference';

test.each([
  { B: 1, T: 13, C: 37, promptLengths: [5] },
  { B: 4, T: 7, C: 36, promptLengths: [7, 1, 0, 3] },
  { B: 4, T: 7, C: 3, promptLengths: [7, 1, 0, 3] },
  { B: 2, T: 1, C: 65, promptLengths: [1, 1] },
])('prompt_mean on the GPU matches the reference and accumulates, at B=$B, T=$T, C=$C', async ({ B, T, C, promptLengths }) => {
  const dims = { B, T, C };
  const N = B * T;
  const inp = normals(1, N * C);
  const dout = normals(2, N * C);
  const start = normals(3, N * C);
  const scope = await testScope();
  const out = upload(scope, 'out', [N, C], new Float32Array(N * C).fill(7));
  const dinp = upload(scope, 'dinp', [N, C], start);
  const op = promptMean(scope, {
    inp: upload(scope, 'inp', [N, C], inp), promptLengths: uploadU32(scope, 'promptLengths', [B], promptLengths),
    out, dout: upload(scope, 'dout', [N, C], dout), dinp,
  }, dims);
  scope.gpu.run('test', (r) => {
    op.forward(r);
    op.backward(r);
  });
  await scope.gpu.ready();
  const want = promptMeanBackward(dout, promptLengths, dims);
  expect(relativeError(await scope.gpu.read(out), promptMeanForward(inp, promptLengths, dims))).toBeLessThan(TOLERANCE.kernel);
  expect(relativeError(await scope.gpu.read(dinp), want.map((d, i) => d + (start[i] ?? NaN)))).toBeLessThan(TOLERANCE.kernel);
});
