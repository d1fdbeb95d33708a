import { expect, test } from 'vitest';
import { testScope, upload } from '../../testing/device';
import { normals, relativeError } from '../../testing/numbers';
import { TOLERANCE } from '../../testing/tolerances';
import { sum } from './sum';

test.each([1, 7, 255, 257, 100_003])('sum of %i elements replaces, or accumulates, and is the same every time', async (n) => {
  const values = normals(1, n).map((x) => Math.fround(x + 1));
  const want = values.reduce((a, b) => a + b, 0);
  const scope = await testScope();
  const inp = upload(scope, 'inp', [n], values);
  const replaced = upload(scope, 'replaced', [1], [100]);
  const accumulated = upload(scope, 'accumulated', [1], [100]);
  const ops = [sum(scope, { inp, out: replaced }, { n }), sum(scope, { inp, out: accumulated }, { n, accumulate: true })];
  scope.gpu.run('test', (r) => { for (const op of ops) op.forward(r); });
  await scope.gpu.ready();
  const once = await scope.gpu.read(replaced);
  expect(relativeError(once, [want])).toBeLessThan(TOLERANCE.kernel);
  expect(relativeError(await scope.gpu.read(accumulated), [want + 100])).toBeLessThan(TOLERANCE.kernel);
  scope.gpu.run('test', (r) => { ops[0]?.forward(r); });
  expect(await scope.gpu.read(replaced)).toEqual(once);
});
