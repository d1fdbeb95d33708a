import { describe, expect, test } from 'vitest';
import { testScope, upload, uploadU32 } from '../../testing/device';
import { normals, relativeError } from '../../testing/numbers';
import { TOLERANCE } from '../../testing/tolerances';
import { Random } from '../../random/random';
import { embedding } from './embedding';
import { inverseIndex } from './inverse_index';
import { embeddingBackward, embeddingForward } from './reference';

test('inverse index lists the rows of each token in order and leaves padding out', () => {
  const index = inverseIndex(Uint32Array.of(7, 2, 7, 0, 2, 7), (n) => n !== 3 && n !== 5);
  expect([...index.count]).toEqual([2]);
  expect([...index.tokens]).toEqual([2, 7, 0, 0, 0, 0]);
  expect([...index.starts]).toEqual([0, 2, 4, 0, 0, 0, 0]);
  expect([...index.order]).toEqual([1, 4, 0, 2, 0, 0]);
});

test('inverse index of padding alone has no token', () => {
  const index = inverseIndex(new Uint32Array(3), () => false);
  expect([...index.count, ...index.starts]).toEqual([0, 0, 0, 0, 0]);
});

describe.each([
  { N: 1, C: 1, V: 1 },
  { N: 13, C: 37, V: 5 },
  { N: 70, C: 132, V: 300 },
])('embedding on the GPU at N=$N, C=$C, V=$V', ({ N, C, V }) => {
  const random = new Random(9);
  const ids = Uint32Array.from({ length: N }, () => random.below(V));
  const weight = normals(1, V * C);

  test('copies rows', async () => {
    const scope = await testScope();
    const out = scope.tensor('out', [N, C]);
    const op = embedding(scope, { ids: uploadU32(scope, 'ids', [N], ids), weight: upload(scope, 'weight', [V, C], weight), out }, { N, C });
    scope.gpu.run('test', (r) => {
      op.forward(r);
      op.backward(r);
    });
    await scope.gpu.ready();
    expect([...(await scope.gpu.read(out))]).toEqual([...embeddingForward(weight, ids, { N, C })]);
  });

  test('backward accumulates each token over its rows, without the padding', async () => {
    const scope = await testScope();
    const dout = normals(2, N * C);
    const start = normals(3, V * C);
    const isValid = (n: number): boolean => n % 4 !== 3;
    const index = inverseIndex(ids, isValid);
    const dweight = upload(scope, 'dweight', [V, C], start);
    const op = embedding(scope, {
      ids: uploadU32(scope, 'ids', [N], ids),
      weight: upload(scope, 'weight', [V, C], weight),
      out: scope.tensor('out', [N, C]),
      dout: upload(scope, 'dout', [N, C], dout),
      dweight,
      index: {
        order: uploadU32(scope, 'order', [N], index.order),
        starts: uploadU32(scope, 'starts', [N + 1], index.starts),
        tokens: uploadU32(scope, 'tokens', [N], index.tokens),
        count: uploadU32(scope, 'count', [1], index.count),
      },
    }, { N, C });
    scope.gpu.run('test', (r) => { op.backward(r); });
    await scope.gpu.ready();
    const masked = dout.map((d, i) => (isValid(Math.floor(i / C)) ? d : 0));
    const want = embeddingBackward(masked, ids, { N, C, V }).map((d, i) => d + (start[i] ?? NaN));
    expect(relativeError(await scope.gpu.read(dweight), want)).toBeLessThan(TOLERANCE.kernel);
  });
});
