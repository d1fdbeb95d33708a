import { expect, test } from 'vitest';
import type { HostModel } from '../fusion/assemble';
import { hostWeights } from '../testing/tiny_model';
import { DENSE as config } from '../testing/tiny_studio';
import { ledgerOf } from './ledger';

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
