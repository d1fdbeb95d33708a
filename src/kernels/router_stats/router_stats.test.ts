import { expect, test } from 'vitest';
import { testScope, upload, uploadU32 } from '../../testing/device';
import { normals, relativeError } from '../../testing/numbers';
import { TOLERANCE } from '../../testing/tolerances';
import { routerForward } from '../router/reference';
import * as reference from './reference';
import { routerStats } from './router_stats';

test.each([
  { B: 1, T: 13, E: 3, K: 1, lengths: [13], software: true },
  { B: 3, T: 7, E: 3, K: 2, lengths: [7, 0, 1], software: true },
  { B: 3, T: 7, E: 3, K: 2, lengths: [7, 0, 1], software: false },
  { B: 2, T: 70, E: 5, K: 3, lengths: [69, 70], software: false },
  { B: 1, T: 33, E: 8, K: 8, lengths: [33], software: true },
])('router_stats writes its own layer as the reference does, at B=$B, T=$T, E=$E, K=$K, software $software', async (c) => {
  const { B, T, E, K, lengths } = c;
  const [L, layer, C] = [3, 1, 4];
  const N = B * T;
  const { probs, index } = routerForward(normals(1, N * C), normals(2, E * C), lengths, { B, T, C, E, K });
  const scope = await testScope({ software: c.software });
  const before = (label: string, ...shape: number[]) =>
    upload(scope, label, shape, new Float32Array(shape.reduce((a, b) => a * b)).fill(-1));
  const t = { seqProb: before('seqProb', L, B, E), seqLoad: before('seqLoad', L, B, E), seqEntropy: before('seqEntropy', L, B) };
  const stats = routerStats(scope, {
    probs: upload(scope, 'probs', [N, E], probs), index: uploadU32(scope, 'index', [N, K], index),
    lengths: uploadU32(scope, 'lengths', [B], lengths), ...t,
  }, { layer, B, T, E, K });
  scope.gpu.run('test', (r) => { stats.forward(r); });
  await scope.gpu.ready();
  const want = reference.routerStats(probs, index, lengths, { B, T, E, K });
  for (const name of ['seqProb', 'seqLoad', 'seqEntropy'] as const) {
    const others = new Float64Array(want[name].length).fill(-1);
    const got = await scope.gpu.read(t[name]);
    expect(relativeError(got, [...others, ...want[name], ...others]), name).toBeLessThan(TOLERANCE.transcendental);
  }
});

test('router_stats of a certain router: entropy 0, load and probability 1', async () => {
  const scope = await testScope();
  const t = {
    seqProb: scope.tensor('seqProb', [1, 1, 3]),
    seqLoad: scope.tensor('seqLoad', [1, 1, 3]),
    seqEntropy: scope.tensor('seqEntropy', [1, 1]),
  };
  const stats = routerStats(scope, {
    probs: upload(scope, 'probs', [2, 3], [0, 1, 0, 0, 1, 0]), index: uploadU32(scope, 'index', [2, 1], [1, 1]),
    lengths: uploadU32(scope, 'lengths', [1], [2]), ...t,
  }, { layer: 0, B: 1, T: 2, E: 3, K: 1 });
  scope.gpu.run('test', (r) => { stats.forward(r); });
  expect([...(await scope.gpu.read(t.seqProb))]).toEqual([0, 1, 0]);
  expect([...(await scope.gpu.read(t.seqLoad))]).toEqual([0, 1, 0]);
  expect([...(await scope.gpu.read(t.seqEntropy))]).toEqual([0]);
});
