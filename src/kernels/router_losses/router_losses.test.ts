import { describe, expect, test } from 'vitest';
import { testScope, upload, uploadU32 } from '../../testing/device';
import { normals, relativeError } from '../../testing/numbers';
import { TOLERANCE } from '../../testing/tolerances';
import { routerForward } from '../router/reference';
import { routerStats } from '../router_stats/reference';
import { gateLoss } from './gate_loss';
import * as reference from './reference';
import { routerLossGradient } from './router_loss_gradient';
import { routerLossValues } from './router_loss_values';

const { transcendental } = TOLERANCE;

interface Dims {
  readonly L: number;
  readonly B: number;
  readonly T: number;
  readonly E: number;
  readonly K: number;
  readonly software: boolean;
}

/** L layers' routers on random rows, and their statistics on the GPU as (L, B, E). */
async function routed(dims: Dims, lengths: readonly number[], labels: readonly number[]) {
  const { L, B, T, E, K } = dims;
  const C = 6;
  const layers = Array.from({ length: L }, (_, l) =>
    routerForward(normals(l, B * T * C), normals(l + 50, E * C), lengths, { B, T, C, E, K }));
  const stats = layers.map(({ probs, index }) => routerStats(probs, index, lengths, dims));
  const scope = await testScope({ software: dims.software });
  const t = {
    seqProb: upload(scope, 'seqProb', [L, B, E], stats.flatMap(({ seqProb }) => [...seqProb])),
    seqLoad: upload(scope, 'seqLoad', [L, B, E], stats.flatMap(({ seqLoad }) => [...seqLoad])),
    lengths: uploadU32(scope, 'lengths', [B], lengths),
    labels: uploadU32(scope, 'labels', [B], labels),
  };
  return { layers, probs: layers.map(({ probs }) => probs), scope, t };
}

const cases = [
  { L: 1, B: 1, T: 13, E: 3, K: 2, lengths: [13], labels: [1], software: true },
  { L: 3, B: 4, T: 7, E: 3, K: 1, lengths: [7, 5, 1, 7], labels: [0, 2, 1, 2], software: true },
  { L: 2, B: 3, T: 41, E: 5, K: 3, lengths: [40, 41, 2], labels: [4, 0, 3], software: false },
] as const;

describe.each(cases)('router losses on the GPU at L=$L, B=$B, T=$T, E=$E, K=$K, software $software', (c) => {
  const { L, B, T, E, lengths, labels } = c;
  const N = B * T;

  test.each(['nll', 'paper-code'] as const)('gate loss %s and its gradients in p̄ and in probs match the reference', async (mode) => {
    const { probs, scope, t } = await routed(c, lengths, labels);
    const out = { gate: scope.tensor('gate', [B]), dpbar: scope.tensor('dpbar', [B, E]), pbar: scope.tensor('pbar', [B, E]) };
    const dprobs = upload(scope, 'dprobs', [N, E], new Float32Array(N * E).fill(7));
    const loss = gateLoss(scope, { ...t, ...out }, { L, B, E, mode });
    const gradient = routerLossGradient(scope, {
      dpbar: out.dpbar, probs: upload(scope, 'probs', [N, E], probs[0] ?? []), lengths: t.lengths, labels: t.labels, dprobs,
    }, { L, B, T, E, mode: 'sequence' });
    gradient.setScale(0.25);
    scope.gpu.run('test', (r) => {
      loss.forward(r);
      gradient.backward(r);
    });
    await scope.gpu.ready();
    const pbar = reference.gateMeanForward(probs, lengths, c);
    const want = reference.gateLoss(pbar, labels, mode, c);
    const wantDprobs = reference.gateMeanBackward(want.dpbar.map((d) => 0.25 * d), lengths, c);
    expect(relativeError(await scope.gpu.read(out.pbar), pbar)).toBeLessThan(transcendental);
    expect(relativeError(await scope.gpu.read(out.gate), want.loss)).toBeLessThan(transcendental);
    expect(relativeError(await scope.gpu.read(out.dpbar), want.dpbar)).toBeLessThan(transcendental);
    expect(relativeError(await scope.gpu.read(dprobs), wantDprobs)).toBeLessThan(transcendental);
  });

  test('per token, with load balance: gradient and values of every layer match the reference', async () => {
    const { layers, probs, scope, t } = await routed(c, lengths, labels);
    const values = { seqTokenGate: scope.tensor('seqTokenGate', [L, B]), seqZ: scope.tensor('seqZ', [L, B]) };
    const perLayer = layers.map(({ probs: p, logits }, layer) => {
      const dprobs = scope.tensor('dprobs', [N, E]);
      const own = { probs: upload(scope, 'probs', [N, E], p), lengths: t.lengths, labels: t.labels };
      const gradient = routerLossGradient(
        scope, { dpbar: t.seqProb, ...own, seqLoad: t.seqLoad, dprobs }, { layer, L, B, T, E, mode: 'token' },
      );
      gradient.setScale(0.5);
      gradient.setBalanceScale(3);
      const report = routerLossValues(scope, { ...own, logits: upload(scope, 'logits', [N, E], logits), ...values }, { layer, B, T, E });
      return { dprobs, gradient, report };
    });
    scope.gpu.run('test', (r) => {
      for (const { gradient, report } of perLayer) {
        report.forward(r);
        gradient.backward(r);
      }
    });
    await scope.gpu.ready();
    const token = reference.tokenGateLoss(probs, labels, lengths, c, 0.5);
    const balanced = layers.map((layer) => reference.balanceLoss(layer.probs, layer.index, lengths, c, 3));
    for (const [l, { dprobs }] of perLayer.entries()) {
      const want = token.dprobs[l]?.map((d, i) => d + (balanced[l]?.dprobs[i] ?? NaN)) ?? [];
      expect(relativeError(await scope.gpu.read(dprobs), want)).toBeLessThan(transcendental);
    }
    const ofSequences = async (tensor: typeof values.seqZ, weight: (b: number) => number): Promise<number> => {
      const got = await scope.gpu.read(tensor);
      return got.reduce((sum, value, i) => sum + (value * weight(i % B)) / L, 0);
    };
    const tokens = lengths.reduce<number>((sum, length) => sum + length, 0);
    const z = layers.reduce((sum, { lse }) => sum + reference.zLoss(lse, lengths, c) / L, 0);
    expect(await ofSequences(values.seqTokenGate, () => 1) / token.loss.reduce((a, b) => a + b) - 1).toBeCloseTo(0, 5);
    expect(await ofSequences(values.seqZ, (b) => (lengths[b] ?? NaN) / tokens) / z - 1).toBeCloseTo(0, 5);
  });
});

test('a sequence without tokens or without a label adds no gate loss and no gradient', async () => {
  const dims = { L: 2, B: 3, T: 4, E: 3, K: 2, software: true };
  const { B, T, E } = dims;
  const labels = [1, 2, 3];
  const { probs, scope, t } = await routed(dims, [4, 0, 3], labels);
  const out = { gate: scope.tensor('gate', [B]), dpbar: scope.tensor('dpbar', [B, E]), pbar: scope.tensor('pbar', [B, E]) };
  const values = { seqTokenGate: scope.tensor('seqTokenGate', [2, B]), seqZ: scope.tensor('seqZ', [2, B]) };
  const own = { probs: upload(scope, 'probs', [B * T, E], probs[0] ?? []), lengths: t.lengths, labels: t.labels };
  for (const mode of ['nll', 'paper-code'] as const) {
    const loss = gateLoss(scope, { ...t, ...out }, { ...dims, mode });
    const gradients = (['sequence', 'token'] as const).map((of) => {
      const dprobs = upload(scope, 'dprobs', [B * T, E], new Float32Array(B * T * E).fill(7));
      const op = routerLossGradient(scope, { dpbar: out.dpbar, ...own, dprobs }, { ...dims, mode: of });
      op.setScale(1);
      return { dprobs, op };
    });
    const report = routerLossValues(scope, { ...own, logits: own.probs, ...values }, { layer: 0, ...dims });
    scope.gpu.run('test', (r) => {
      for (const op of [loss, report]) op.forward(r);
      for (const { op } of gradients) op.backward(r);
    });
    await scope.gpu.ready();
    const gate = await scope.gpu.read(out.gate);
    expect(gate[0]).toBeGreaterThan(0);
    expect([...gate.slice(1)]).toEqual([0, 0]);
    expect([...(await scope.gpu.read(out.dpbar)).slice(3)]).toEqual(new Array(6).fill(0));
    for (const { dprobs } of gradients) {
      const got = await scope.gpu.read(dprobs);
      expect(got.slice(0, 12).some((d) => d !== 0)).toBe(true);
      expect([...got.slice(12)]).toEqual(new Array(24).fill(0));
    }
    expect([...(await scope.gpu.read(values.seqTokenGate)).slice(1, 3)]).toEqual([0, 0]);
    expect((await scope.gpu.read(values.seqZ))[1]).toBe(0);
  }
});

test('an expert whose probability has underflowed gives a finite loss and gradient', async () => {
  const scope = await testScope();
  const tensors = {
    seqProb: upload(scope, 'seqProb', [1, 1, 3], [1, 0, 0]), labels: uploadU32(scope, 'labels', [1], [2]),
    gate: scope.tensor('gate', [1]), dpbar: scope.tensor('dpbar', [1, 3]), pbar: scope.tensor('pbar', [1, 3]),
  };
  const loss = gateLoss(scope, tensors, { L: 1, B: 1, E: 3, mode: 'nll' });
  scope.gpu.run('test', (r) => { loss.forward(r); });
  expect((await scope.gpu.read(tensors.gate))[0]).toBeCloseTo(30 * Math.LN10, 3);
  expect(relativeError(await scope.gpu.read(tensors.dpbar), [0, 0, -1e30])).toBeLessThan(transcendental);
});
