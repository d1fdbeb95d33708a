import { expect, test } from 'vitest';
import { testScope, upload, uploadU32 } from '../../testing/device';
import { normals, relativeError } from '../../testing/numbers';
import { TOLERANCE } from '../../testing/tolerances';
import { linear } from './linear';
import { denseOffsets } from './matmul';
import { linearBackward, linearForward } from './reference';

test.each([
  { R: 37, G: 1, I: 19, O: 35, offsets: [0, 37] },
  { R: 30, G: 3, I: 40, O: 21, offsets: [0, 17, 17, 27] },
])('linear matches the reference forward and backward at R=$R, G=$G, I=$I, O=$O', async ({ R, G, I, O, offsets }) => {
  const dims = { R, G, I, O };
  const inp = normals(1, R * I);
  const weight = normals(2, G * O * I);
  const dout = normals(3, R * O);
  const startInp = normals(4, R * I);
  const startWeight = normals(5, G * O * I);
  const scope = await testScope();
  const t = {
    inp: upload(scope, 'inp', [R, I], inp),
    weight: upload(scope, 'weight', [G, O, I], weight),
    out: scope.tensor('out', [R, O]),
    offsets: G === 1 ? denseOffsets(scope, R) : uploadU32(scope, 'offsets', [G + 1], offsets),
    dout: upload(scope, 'dout', [R, O], dout),
    dinp: upload(scope, 'dinp', [R, I], startInp),
    dweight: upload(scope, 'dweight', [G, O, I], startWeight),
  };
  const op = linear(scope, t, dims, { accumulateDinp: true });
  scope.gpu.run('test', (r) => {
    op.forward(r);
    op.backward(r);
  });
  await scope.gpu.ready();
  const { dinp, dweight } = linearBackward(dout, inp, weight, offsets, dims);
  expect(relativeError(await scope.gpu.read(t.out), linearForward(inp, weight, offsets, dims))).toBeLessThan(TOLERANCE.kernel);
  expect(relativeError(await scope.gpu.read(t.dinp), dinp.map((d, i) => d + (startInp[i] ?? NaN)))).toBeLessThan(TOLERANCE.kernel);
  expect(relativeError(await scope.gpu.read(t.dweight), dweight.map((d, i) => d + (startWeight[i] ?? NaN)))).toBeLessThan(TOLERANCE.kernel);
});

test('linear without gradients records only the forward', async () => {
  const scope = await testScope();
  const offsets = denseOffsets(scope, 3);
  const t = { inp: scope.tensor('inp', [3, 5]), weight: scope.tensor('weight', [2, 5]), out: scope.tensor('out', [3, 2]), offsets };
  const op = linear(scope, t, { R: 3, G: 1, I: 5, O: 2 }, { accumulateDinp: false });
  const before = scope.gpu.counters.dispatches;
  scope.gpu.run('test', (r) => {
    op.forward(r);
    op.backward(r);
  });
  expect(scope.gpu.counters.dispatches - before).toBe(1);
});
