import { expect, test } from 'vitest';
import { testScope, upload } from '../../testing/device';
import { normals, relativeError } from '../../testing/numbers';
import { TOLERANCE } from '../../testing/tolerances';
import { drift } from './drift';
import { loraDrift } from './lora_drift';
import * as reference from './reference';

const part = (values: Float64Array, e: number, size: number): Float64Array => values.subarray(e * size, (e + 1) * size);
const gammaOf = (e: number): number => [0.25, 0, 1.5, 3, 0.5][e] ?? 0;

test.each([
  { E: 3, n: 37 }, { E: 5, n: 4097 }, { E: 1, n: 12_345 }, { E: 3, n: 12_340 },
])('drift of E=$E full weights of $n elements matches the reference, by expert, and accumulates', async ({ E, n }) => {
  const start = normals(1, E * n);
  const weight = normals(2, E * n, 0.01).map((change, i) => Math.fround(change + (start[i] ?? NaN)));
  const before = normals(3, E * n);
  const scope = await testScope();
  const t = {
    weight: upload(scope, 'weight', [E, n], weight), start: upload(scope, 'start', [E, n], start),
    dweight: upload(scope, 'dweight', [E, n], before), value: upload(scope, 'value', [3, E], new Float32Array(3 * E).fill(-1)),
  };
  const op = drift(scope, t, { E, n, row: 1 }, [0.25]);
  for (let e = 1; e < E; e++) op.setGamma(e, gammaOf(e));
  scope.gpu.run('test', (r) => {
    op.forward(r);
    op.backward(r);
  });
  await scope.gpu.ready();
  const [value, dweight] = [await scope.gpu.read(t.value), await scope.gpu.read(t.dweight)];
  expect([...value.subarray(0, E)]).toEqual(new Array(E).fill(-1));
  for (let e = 0; e < E; e++) {
    const want = reference.fullDrift(part(weight, e, n), part(start, e, n), gammaOf(e));
    expect(relativeError([value[E + e] ?? NaN], [want.drift])).toBeLessThan(TOLERANCE.kernel);
    const sum = want.dweight.map((d, i) => d + (before[e * n + i] ?? NaN));
    expect(relativeError(dweight.subarray(e * n, (e + 1) * n), sum)).toBeLessThan(TOLERANCE.kernel);
  }
});

test.each([
  { E: 3, rank: 1, I: 5, O: 4, software: true }, { E: 3, rank: 8, I: 37, O: 70, software: true },
  { E: 5, rank: 3, I: 129, O: 13, software: true }, { E: 5, rank: 3, I: 129, O: 13, software: false },
])('drift of E=$E adapters at rank $rank, $I to $O, software $software, matches the reference that forms BA', async (c) => {
  const { E, rank, I, O } = c;
  const scale = 0.5;
  const loraA = normals(1, E * rank * I);
  const loraB = normals(2, E * O * rank);
  const scope = await testScope({ software: c.software });
  const t = {
    loraA: upload(scope, 'loraA', [E, rank, I], loraA), loraB: upload(scope, 'loraB', [E, O, rank], loraB),
    dloraA: upload(scope, 'dloraA', [E, rank, I], new Float32Array(loraA.length).fill(1)),
    dloraB: upload(scope, 'dloraB', [E, O, rank], new Float32Array(loraB.length).fill(1)), value: scope.tensor('value', [2, E]),
  };
  const op = loraDrift(scope, t, { E, rank, I, O, scale, row: 1 }, [0.25]);
  for (let e = 1; e < E; e++) op.setGamma(e, gammaOf(e));
  scope.gpu.run('test', (r) => {
    op.forward(r);
    op.backward(r);
  });
  await scope.gpu.ready();
  const value = await scope.gpu.read(t.value);
  const got = { a: await scope.gpu.read(t.dloraA), b: await scope.gpu.read(t.dloraB) };
  for (let e = 0; e < E; e++) {
    const want = reference.loraDrift(part(loraA, e, rank * I), part(loraB, e, O * rank), { I, O, rank, adapterScale: scale }, gammaOf(e));
    expect(relativeError([value[E + e] ?? NaN], [want.drift])).toBeLessThan(TOLERANCE.kernel);
    expect(relativeError(got.a.subarray(e * rank * I, (e + 1) * rank * I), want.dloraA.map((d) => d + 1))).toBeLessThan(TOLERANCE.kernel);
    expect(relativeError(got.b.subarray(e * O * rank, (e + 1) * O * rank), want.dloraB.map((d) => d + 1))).toBeLessThan(TOLERANCE.kernel);
  }
});

test('drift where nothing has moved is 0 and has no gradient, for full weights and for fresh adapters', async () => {
  const scope = await testScope();
  const weight = upload(scope, 'weight', [2, 9], normals(1, 18));
  const zero = (label: string, ...shape: number[]) => scope.tensor(label, shape);
  const full = { weight, start: upload(scope, 'start', [2, 9], normals(1, 18)), dweight: zero('dweight', 2, 9), value: zero('value', 2) };
  const adapters = {
    loraA: upload(scope, 'loraA', [2, 3, 3], normals(2, 18)), loraB: zero('loraB', 2, 4, 3),
    dloraA: zero('dloraA', 2, 3, 3), dloraB: zero('dloraB', 2, 4, 3), value: zero('value', 2),
  };
  const ops = [drift(scope, full, { E: 2, n: 9 }, [1, 1]), loraDrift(scope, adapters, { E: 2, rank: 3, I: 3, O: 4, scale: 2 }, [1, 1])];
  scope.gpu.run('test', (r) => {
    for (const op of ops) {
      op.forward(r);
      op.backward(r);
    }
  });
  for (const tensor of [full.value, full.dweight, adapters.value, adapters.dloraA, adapters.dloraB]) {
    expect((await scope.gpu.read(tensor)).every((x) => x === 0), tensor.label).toBe(true);
  }
});

test('drift refuses an expert that is not there', async () => {
  const scope = await testScope();
  const weights = (label: string) => scope.tensor(label, [2, 9]);
  const t = { weight: weights('weight'), start: weights('start'), dweight: weights('dweight'), value: scope.tensor('value', [2]) };
  expect(() => { drift(scope, t, { E: 2, n: 9 }).setGamma(2, 1); }).toThrow('no expert 2 among 2');
  expect(() => drift(scope, t, { E: 9, n: 2 })).toThrow('at most 8 experts');
});
