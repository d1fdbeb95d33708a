import { expect, test } from 'vitest';
import { assemble, type HostModel } from '../fusion/assemble';
import type { ModelConfig } from '../formats/hf_config';
import { hostWeights, TINY } from '../testing/tiny_model';
import { expertDrift } from './drift';

const DENSE: ModelConfig = { ...TINY, experts: 1, topK: 1 };
/** Values of one layer's FFN: gate, up and down. */
const SIZE = 3 * TINY.width * TINY.ffnWidth;

/** A copy of the model whose tensors that match are moved by steps that f32 holds exactly. */
function moved(model: HostModel, name: string, matches: (tensor: string) => boolean, by: number): HostModel {
  const weights = new Map([...model.weights].map(([tensor, { shape, data }]) =>
    [tensor, { shape, data: matches(tensor) ? data.map((value) => value + by) : data }]));
  return { ...model, name, weights };
}

const zeros = new Map([...hostWeights(DENSE)].map(([name, { shape, data }]) => [name, { shape, data: new Float32Array(data.length) }]));
const base: HostModel = { name: 'base', config: DENSE, weights: zeros };
const inFfn = (tensor: string): boolean => tensor.includes('.mlp.');
const aligned = [moved(base, 'a', inFfn, 0.5), moved(base, 'b', inFfn, -0.25), { ...base, name: 'c' }];

test('drift is the distance from assembly over the distance of alignment, by layer and expert', () => {
  const start = assemble(base, aligned, { topK: 2, routing: 'token' });
  // Expert 1 moves by 0.125 in layer 0, expert 2 by 1 in the down projection of layer 1.
  const once = moved(start, 'fused', (tensor) => tensor.includes('layers.0.') && tensor.includes('experts.1.'), 0.125);
  const fused = moved(once, 'fused', (tensor) => tensor.includes('layers.1.') && tensor.includes('experts.2.w2'), 1);
  const { byLayer, byExpert } = expertDrift(base, aligned, fused);
  const root = Math.sqrt(SIZE);
  expect(byLayer[0]?.[0]).toEqual({ moved: 0, aligned: 0.5 * root, relative: 0 });
  expect(byLayer[0]?.[1]?.moved).toBeCloseTo(0.125 * root, 12);
  expect(byLayer[0]?.[1]?.relative).toBeCloseTo(0.5, 12);
  expect(byLayer[0]?.[2]).toEqual({ moved: 0, aligned: 0, relative: 0 });
  expect(byLayer[1]?.[2]).toEqual({ moved: Math.sqrt(SIZE / 3), aligned: 0, relative: Infinity });
  // Over both layers the moved half stands against alignment in both.
  expect(byExpert[1]?.aligned).toBeCloseTo(0.25 * Math.sqrt(2 * SIZE), 12);
  expect(byExpert[1]?.relative).toBeCloseTo(0.5 / Math.SQRT2, 12);
});

test('models that do not fit are refused', () => {
  const fused = assemble(base, aligned, { topK: 2, routing: 'token' });
  expect(() => expertDrift(base, aligned.slice(1), fused)).toThrow('2 aligned models for 3 experts');
  const small = { ...DENSE, ffnWidth: 7 };
  const other: HostModel = { name: 'other', config: small, weights: hostWeights(small) };
  expect(() => expertDrift(base, [other, other, other], fused)).toThrow('fused, model.layers.0.block_sparse_moe.experts.0.w1.weight: expected 84 values, as in the aligned model, got 156');
});
