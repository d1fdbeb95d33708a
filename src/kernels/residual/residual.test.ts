import { expect, test } from 'vitest';
import { testScope, upload } from '../../testing/device';
import { normals } from '../../testing/numbers';
import { residualForward } from './reference';
import { residual } from './residual';

test.each([{ N: 1, C: 1 }, { N: 13, C: 37 }, { N: 7, C: 44 }])('residual adds exactly at N=$N, C=$C, and its backward records nothing', async ({ N, C }) => {
  const inp = normals(1, N * C);
  const branch = normals(2, N * C);
  const scope = await testScope();
  const out = scope.tensor('out', [N, C]);
  const op = residual(scope, { inp: upload(scope, 'inp', [N, C], inp), branch: upload(scope, 'branch', [N, C], branch), out }, { N, C });
  const before = scope.gpu.counters.dispatches;
  scope.gpu.run('test', (r) => {
    op.forward(r);
    op.backward(r);
  });
  expect(scope.gpu.counters.dispatches - before).toBe(1);
  await scope.gpu.ready();
  expect(await scope.gpu.read(out)).toEqual(Float32Array.from(residualForward(inp, branch)));
});
