import { expect, test } from 'vitest';
import { testScope, upload } from '../../testing/device';
import { normals, relativeError } from '../../testing/numbers';
import { TOLERANCE } from '../../testing/tolerances';
import { sum } from './sum';

test.each([1, 7, 255, 257, 100_003])('sum of %i elements is written, and is the same every time', async (n) => {
  const values = normals(1, n).map((x) => Math.fround(x + 1));
  const want = values.reduce((a, b) => a + b, 0);
  const scope = await testScope();
  const inp = upload(scope, 'inp', [n], values);
  const out = upload(scope, 'out', [1], [100]);
  const op = sum(scope, { inp, out }, { n });
  scope.gpu.run('test', (r) => { op.forward(r); });
  await scope.gpu.ready();
  const once = await scope.gpu.read(out);
  expect(relativeError(once, [want])).toBeLessThan(TOLERANCE.kernel);
  scope.gpu.run('test', (r) => { op.forward(r); });
  expect(await scope.gpu.read(out)).toEqual(once);
});
