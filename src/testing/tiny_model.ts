import type { ModelConfig } from '../formats/hf_config';
import type { HostTensor } from '../formats/host_tensor';
import { parameterShapes } from '../formats/parameters';
import { normals } from './numbers';

/** A routed model of odd sizes: three experts, top-2, grouped kv heads whose width together is not the model's. */
export const TINY: ModelConfig = {
  vocab: 31, width: 12, ffnWidth: 13, layers: 2, heads: 4, kvHeads: 2, headDim: 4, context: 32,
  ropeTheta: 10000, normEps: 1e-5, tied: false, experts: 3, topK: 2, routing: 'token',
};

/** Seeded weights for every parameter, rounded to f32: norms near 1, matrices about 1/√width. */
export function tinyWeights(config: ModelConfig, seed = 1): Map<string, Float64Array> {
  const weights = [...parameterShapes(config)].map(([name, shape], i): [string, Float64Array] => {
    const size = shape.reduce((product, length) => product * length, 1);
    const values = normals(seed * 1000 + i, size, shape.length === 1 ? 0.1 : 0.35);
    return [name, shape.length === 1 ? values.map((value) => Math.fround(1 + value)) : values];
  });
  return new Map(weights);
}

/** Two sequences of 7 and 4 tokens, one with masked labels, of different datasets. */
export const TINY_BATCH = {
  ids: [[1, 5, 30, 5, 0, 17, 9], [1, 22, 8, 13]],
  labels: [[-100, -100, -100, 5, 0, 17, 9], [1, 22, 8, 13]],
  datasetLabels: [2, 0],
  promptLengths: [3, 2],
};

/** The seeded weights as a model file would hold them. */
export function hostWeights(config: ModelConfig, seed = 1): Map<string, HostTensor> {
  const values = tinyWeights(config, seed);
  return new Map([...parameterShapes(config)].map(([name, shape]) => [name, { shape, data: Float32Array.from(values.get(name) ?? []) }]));
}
