import { expect, test } from 'vitest';
import type { HostTensor } from '../formats/host_tensor';
import { ffnNames } from '../formats/parameters';
import type { HostModel } from '../fusion/assemble';
import { hostWeights } from '../testing/tiny_model';
import { DENSE as config } from '../testing/tiny_studio';
import { ledgerDrift, ledgerOf } from './ledger';

test('every tensor has a row, and a distance is that of its own weights', () => {
  const weights = hostWeights(config);
  const model = (factor: number): HostModel => ({
    name: 'model', config,
    weights: new Map([...weights].map(([name, tensor]) => [name, name.includes('.mlp.') ? { ...tensor, data: tensor.data.map((w) => w * factor) } : tensor])),
  });
  const rows = ledgerOf({ base: model(1), helpful: model(1.5), harmless: model(1), honest: model(0) });
  const experts = rows.filter(({ part }) => part === 'expert');
  expect(experts).toHaveLength(3 * config.layers);
  for (const { distance, shape } of experts) {
    expect(distance?.map((value) => Number(value.toFixed(5)))).toEqual([0.5, 0, 1]);
    expect(shape[0]).toBe(3);
  }
  expect(rows.filter(({ source }) => source === 'new')).toHaveLength(config.layers);
  // Dense tensors of one model, counted once, plus the routers and the two more experts.
  const tensors = rows.reduce((sum, row) => sum + row.tensors, 0);
  expect(tensors).toBe(weights.size + config.layers + 2 * 3 * config.layers);
});

test('what has moved is said by tensor and expert, as a share of where it began; a router without a known start is left out', () => {
  const dense = hostWeights(config);
  const model = (name: string): HostModel => ({ name, config, weights: dense });
  const fusedConfig = { ...config, experts: 3, topK: 2 };
  const gate = 'model.layers.0.block_sparse_moe.gate.weight';
  const start = { shape: [3, config.width], data: Float32Array.from({ length: 3 * config.width }, (_, i) => 1 + i) };
  const weights = new Map(dense);
  for (let layer = 0; layer < config.layers; layer++) {
    weights.set(`model.layers.${String(layer)}.block_sparse_moe.gate.weight`, { ...start, data: start.data.map((w) => 3 * w) });
    for (const [e, factor] of [1, 1.25, 0.5].entries()) {
      const [plain, own] = [ffnNames(config, layer, 0), ffnNames(fusedConfig, layer, e)];
      for (const projection of ['gate', 'up', 'down'] as const) {
        const from = dense.get(plain[projection]) as HostTensor;
        weights.set(own[projection], { ...from, data: from.data.map((w) => w * factor) });
      }
    }
  }
  const fused: HostModel = { name: 'fused', config: fusedConfig, weights };
  const rows = ledgerDrift({ base: model('base'), experts: ['a', 'b', 'c'].map(model), gates: new Map([[gate, start]]) }, fused);
  const names = ledgerOf({ base: model('base'), helpful: model('a'), harmless: model('b'), honest: model('c') }).map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(Object.keys(rows)));
  expect(rows['layers.0.router']?.map((value) => Number(value.toFixed(5)))).toEqual([2]);
  expect(rows['layers.1.router']).toBeUndefined();
  expect(rows['layers.0.self_attn.*']).toEqual([0]);
  for (const [name, each] of Object.entries(rows)) if (name.includes('mlp')) expect(each.map((value) => Number(value.toFixed(5)))).toEqual([0, 0.25, 0.5]);
});
