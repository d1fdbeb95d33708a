import type { HostTensor } from '../formats/host_tensor';
import { ffnNames } from '../formats/parameters';
import { PROJECTIONS, projectionSize } from './parameters';
import type { ParameterStore } from './store';

/** One low-rank pair as files hold it: a (r, in), b (out, r). */
export interface LowRank {
  readonly a: HostTensor;
  readonly b: HostTensor;
}

/** W + scale·B·A, summed in double precision. weight: (out, in). */
export function addLowRank(weight: HostTensor, { a, b }: LowRank, scale: number): HostTensor {
  const [rank = 0, I = 0] = a.shape;
  const [O = 0] = b.shape;
  const data = new Float32Array(O * I);
  const row = new Float64Array(I);
  for (let o = 0; o < O; o++) {
    row.fill(0);
    for (let k = 0; k < rank; k++) {
      const factor = scale * (b.data[o * rank + k] ?? 0);
      for (let i = 0; i < I; i++) row[i] = (row[i] ?? 0) + factor * (a.data[k * I + i] ?? 0);
    }
    for (let i = 0; i < I; i++) data[o * I + i] = (weight.data[o * I + i] ?? 0) + (row[i] ?? 0);
  }
  return { shape: weight.shape, data };
}

/** The FFN adapters by the canonical name of the weight that they stand beside. Waits for the GPU. */
export async function downloadAdapters(store: ParameterStore): Promise<Map<string, LowRank>> {
  const { config, gpu, policy: { ffn } } = store;
  const adapters = new Map<string, LowRank>();
  if (ffn.kind !== 'lora') return adapters;
  const { experts: E, layers } = config;
  for (let layer = 0; layer < layers; layer++) {
    for (const projection of PROJECTIONS) {
      const { O, I } = projectionSize(config, projection);
      const key = `layers.${layer}.ffn.${projection}`;
      const a = await gpu.read(store.get(`${key}.lora_a`).weight);
      const b = await gpu.read(store.get(`${key}.lora_b`).weight);
      for (let e = 0; e < E; e++) {
        adapters.set(ffnNames(config, layer, e)[projection], {
          a: { shape: [ffn.rank, I], data: a.slice(e * ffn.rank * I, (e + 1) * ffn.rank * I) },
          b: { shape: [O, ffn.rank], data: b.slice(e * O * ffn.rank, (e + 1) * O * ffn.rank) },
        });
      }
    }
  }
  return adapters;
}

/** All weights by canonical name, adapters merged into what they adapt. Waits for the GPU. */
export async function downloadMerged(store: ParameterStore): Promise<Map<string, HostTensor>> {
  const weights = await store.download();
  const { ffn } = store.policy;
  if (ffn.kind !== 'lora') return weights;
  for (const [name, adapter] of await downloadAdapters(store)) {
    const weight = weights.get(name);
    if (weight) weights.set(name, addLowRank(weight, adapter, ffn.alpha / ffn.rank));
  }
  return weights;
}
