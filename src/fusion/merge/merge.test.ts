import { expect, test } from 'vitest';
import { otherFfn, SMALL, smallWeights } from '../../testing/model_directories';
import type { HostModel } from '../assemble';
import { merge } from './merge';
import { MERGE_METHODS, MERGES } from './merges';
import type { MergeSettings } from './settings';

const weights = smallWeights(SMALL);
const host = (name: string, own: HostModel['weights'] = weights): HostModel => ({ name, config: SMALL, weights: own });
const base = host('base');
const models = ['a', 'b', 'c'].map((name, i) => host(name, otherFfn(weights, SMALL, 10 + i)));
const FFN = 'model.layers.1.mlp.down_proj.weight';
const QUERY = 'model.layers.0.self_attn.q_proj.weight';

/** Bits, so that −0 is another value than 0. */
const bits = ({ weights: own }: HostModel): Map<string, Uint32Array> =>
  new Map([...own].map(([name, { data }]) => [name, new Uint32Array(data.slice().buffer)]));

const dataOf = (model: HostModel | undefined, name: string): Float32Array => model?.weights.get(name)?.data ?? new Float32Array();

test('with zero scales every method that has them gives the base, bit for bit', () => {
  const signed = host('base', new Map([...weights].map(([name, { shape, data }]) =>
    [name, { shape, data: data.map((value, i) => (i === 0 ? -0 : value)) }])));
  const zero: MergeSettings[] = [
    { method: 'task-arithmetic', scales: [0] }, { method: 'task-arithmetic', scales: [0, 0, 0] },
    { method: 'ties', density: 0.5, scale: 0 }, { method: 'ties', density: 0, scale: 1 }, { method: 'dare', drop: 0.5, scales: [0], seed: 2 },
  ];
  for (const settings of zero) expect(bits(merge(signed, models, settings))).toEqual(bits(signed));
});

test('a soup of three equal models is that model, bit for bit, and of base and others the mean', () => {
  const [first = base] = models;
  expect(bits(merge(base, [first, first, first], { method: 'soup' }))).toEqual(bits(first));
  const merged = dataOf(merge(base, models, { method: 'soup' }), FFN);
  const mean = dataOf(base, FFN).map((_, i) => models.reduce((sum, model) => sum + (dataOf(model, FFN)[i] ?? NaN), 0) / 3);
  expect(merged).toEqual(mean);
});

test('one model at scale 1 is that model, and with scales 1, 0, 0 the first of three', () => {
  const [first = base] = models;
  expect(bits(merge(base, [first], { method: 'task-arithmetic', scales: [1] }))).toEqual(bits(first));
  expect(bits(merge(base, models, { method: 'task-arithmetic', scales: [1, 0, 0] }))).toEqual(bits(first));
  expect(bits(merge(base, [first], { method: 'ties', density: 1, scale: 1 }))).toEqual(bits(first));
  expect(bits(merge(base, [first], { method: 'dare', drop: 0, scales: [1], seed: 1 }))).toEqual(bits(first));
  expect(bits(merge(base, [first], { method: 'slerp', weights: [1] }))).toEqual(bits(first));
});

test('what no model changed is the base\'s own tensor, and the same input gives the same bits', () => {
  for (const method of MERGE_METHODS) {
    const merged = merge(base, models, MERGES[method].defaults);
    expect(merged.config).toBe(SMALL);
    expect([...merged.weights.keys()]).toEqual([...weights.keys()]);
    expect(merged.weights.get(QUERY)).toBe(weights.get(QUERY));
    expect(dataOf(merged, FFN)).not.toEqual(dataOf(base, FFN));
    expect(bits(merge(base, models, MERGES[method].defaults))).toEqual(bits(merged));
  }
});

test('TIES trims over the changed tensors together, not over what no model changed', () => {
  const [first = base] = models;
  const merged = merge(base, [first], { method: 'ties', density: 0.25, scale: 1 });
  const changed = [...weights.keys()].filter((name) => name.includes('.mlp.'));
  const size = changed.reduce((sum, name) => sum + dataOf(base, name).length, 0);
  const kept = changed.map((name) => dataOf(merged, name).filter((value, i) => value !== dataOf(base, name)[i]).length);
  expect(kept.reduce((sum, count) => sum + count, 0)).toBe(Math.round(size / 4));
  expect(new Set(kept).size).toBeGreaterThan(1);
});

test('DARE answers to its seed', () => {
  const dare = (seed: number): Float32Array => dataOf(merge(base, models, { method: 'dare', drop: 0.5, scales: [0.4], seed }), FFN);
  expect(dare(1)).not.toEqual(dare(2));
});

test('slerp keeps more of the task vectors\' length than the soup', () => {
  const distance = (model: HostModel): number => Math.hypot(...dataOf(model, FFN).map((value, i) => value - (dataOf(base, FFN)[i] ?? NaN)));
  expect(distance(merge(base, models, { method: 'slerp', weights: [1] }))).toBeGreaterThan(distance(merge(base, models, { method: 'soup' })));
});

test('models of another shape, missing tensors, settings that do not fit and sums beyond f32 are refused', () => {
  const wide: HostModel = { ...host('wide'), config: { ...SMALL, ffnWidth: 48 } };
  expect(() => merge(base, [wide], { method: 'soup' })).toThrow('wide, ffnWidth: expected 40 as in base, got 48; ');
  const without = host('without', new Map([...weights].filter(([name]) => name !== FFN)));
  expect(() => merge(base, [without], { method: 'soup' })).toThrow(`without, ${FFN}: expected the tensor, got none; `);
  expect(() => merge(base, models, { method: 'task-arithmetic', scales: [1, 2] })).toThrow(
    'merge, scales: expected one number, or 3, one for each model, got 2; correct the setting.');
  expect(() => merge(base, models, { method: 'ties', density: 1.5, scale: 1 })).toThrow('merge, density: expected a number from 0 to 1, got 1.5; ');
  expect(() => merge(base, models, { method: 'slerp', weights: [0] })).toThrow('merge, weights: expected at least one above 0, got 0; ');
  const huge = host('huge', new Map(weights).set(FFN, { shape: [32, 40], data: new Float32Array(1280).fill(3e38) }));
  expect(() => merge(base, [huge], { method: 'task-arithmetic', scales: [9] })).toThrow(`merge, ${FFN}[0]: expected finite weights, got Infinity; `);
});
