import type { ModelConfig } from '../../formats/hf_config';
import { add } from '../../kernels/float64';
import { linearBackward, linearForward } from '../../kernels/linear/reference';
import { rmsnormBackward, rmsnormForward } from '../../kernels/rmsnorm/reference';
import type { Intervention } from '../intervention';

/** Parameters under their Hugging Face names, flat. */
export type Weights = ReadonlyMap<string, Float64Array>;
export type Gradients = Map<string, Float64Array>;

/** A model, its weights and the shape of the batch it runs on: what every block needs. */
export interface ReferenceContext {
  readonly config: ModelConfig;
  readonly weights: Weights;
  readonly B: number;
  /** The longest sequence; shorter ones are padded on the right with id 0. */
  readonly T: number;
  readonly N: number; // B·T
  readonly lengths: readonly number[]; // (B)
  readonly promptLengths: readonly number[]; // (B)
  readonly topK: number;
  /** Bit e silences expert e; none where absent. */
  readonly muted?: number;
  /** In the place of `topK` and `muted`, where present. */
  readonly intervention?: Intervention;
}

/** A value and its derivative. `backward` adds the parameters' gradients to the map and returns the gradient of the input. */
export interface Block {
  readonly out: Float64Array;
  backward(dout: Float64Array, gradients: Gradients): Float64Array;
}

export function weightOf(weights: Weights, name: string): Float64Array {
  const weight = weights.get(name);
  if (!weight) throw new RangeError(`the reference model has no weight '${name}'`);
  return weight;
}

/** A parameter that is used twice, as a tied embedding is, sums its gradients. */
export function accumulate(gradients: Gradients, name: string, gradient: Float64Array): void {
  const sum = gradients.get(name);
  if (sum) gradient.forEach((g, i) => { add(sum, i, g); });
  else gradients.set(name, gradient.slice());
}

/** inp (N,I) · weightᵀ, weight (O,I) by its name. */
export function projection(weights: Weights, name: string, inp: Float64Array, { N, I, O }: { N: number; I: number; O: number }): Block {
  const weight = weightOf(weights, name);
  const dims = { R: N, G: 1, I, O };
  return {
    out: linearForward(inp, weight, [0, N], dims),
    backward: (dout, gradients) => {
      const { dinp, dweight } = linearBackward(dout, inp, weight, [0, N], dims);
      accumulate(gradients, name, dweight);
      return dinp;
    },
  };
}

/** RMSNorm of inp (N,C) with the weight of that name. */
export function normalisation({ config, weights, N }: ReferenceContext, name: string, inp: Float64Array): Block {
  const weight = weightOf(weights, name);
  const dims = { N, C: config.width, eps: config.normEps };
  const { out, rstd } = rmsnormForward(inp, weight, dims);
  return {
    out,
    backward: (dout, gradients) => {
      const { dinp, dweight } = rmsnormBackward(dout, inp, weight, rstd, dims);
      accumulate(gradients, name, dweight);
      return dinp;
    },
  };
}
