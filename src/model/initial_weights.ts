import type { HostTensor } from '../formats/host_tensor';
import type { ModelConfig } from '../formats/hf_config';
import { parameterShapes } from '../formats/parameters';
import { Random } from '../random/random';

/**
 * Weights of a model that has learnt nothing: norms 1, the rest normal, with deviation 0.02 unless told; what writes into the
 * residual stream is scaled by 1/√(2L), so that its variance does not grow with depth (GPT-2's recipe). Narrow models learn
 * faster from about 1/√C.
 */
export function initialWeights(config: ModelConfig, seed: number, startDeviation = 0.02): Map<string, HostTensor> {
  const random = new Random(seed);
  const weights = new Map<string, HostTensor>();
  for (const [name, shape] of parameterShapes(config)) {
    const size = shape.reduce((a, b) => a * b, 1);
    const writesStream = /\.(o_proj|down_proj|w2)\.weight$/.test(name);
    const deviation = writesStream ? startDeviation / Math.sqrt(2 * config.layers) : startDeviation;
    const data = shape.length === 1 ? new Float32Array(size).fill(1) : Float32Array.from({ length: size }, () => random.normal() * deviation);
    weights.set(name, { shape, data });
  }
  return weights;
}
