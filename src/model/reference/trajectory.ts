import type { ModelConfig } from '../../formats/hf_config';
import { adamwStep } from '../../kernels/adamw/reference';
import { gradientNorm } from '../../kernels/gradient_norm/reference';
import { weightOf, type Weights } from './block';
import { referenceGradients, type ReferenceBatch, type ReferenceLoss, type ReferenceLossOptions } from './loss';

export interface ReferenceOptimiser {
  readonly beta1: number;
  readonly beta2: number;
  readonly eps: number;
  /** Of a step, which counts from 1. */
  readonly learningRate: (step: number) => number;
  /** Of a parameter; 0 for norms, usually. */
  readonly weightDecay: (name: string) => number;
  /** Gradients are clipped to this global norm; not at all unless given. */
  readonly maxNorm?: number;
  /** Which parameters train; all unless given. The norm is over these only. */
  readonly trains?: (name: string) => boolean;
}

/** One AdamW step for each batch, from a copy of `weights`: the losses and norms before each step, and the weights after the last. */
export function referenceAdamwTrajectory(
  config: ModelConfig, weights: Weights, batches: readonly ReferenceBatch[], options: ReferenceLossOptions,
  { beta1, beta2, eps, learningRate, weightDecay, maxNorm, trains = () => true }: ReferenceOptimiser,
) {
  const moved = new Map([...weights].map(([name, weight]) => [name, weight.slice()]));
  const moments = new Map([...weights].map(([name, { length }]) => [name, { m: new Float64Array(length), v: new Float64Array(length) }]));
  const steps = batches.map((batch, i): ReferenceLoss & { readonly norm: number } => {
    const { gradients, ...losses } = referenceGradients(config, moved, batch, options);
    const trained = [...gradients].filter(([name]) => trains(name));
    const { norm, scale: gradientScale } = gradientNorm(trained.map(([, gradient]) => gradient), maxNorm);
    for (const [name, gradient] of trained) {
      const moment = moments.get(name);
      if (!moment) throw new RangeError(`a gradient has no weight: '${name}'`);
      const segment = { start: 0, size: gradient.length, learningRate: learningRate(i + 1), weightDecay: weightDecay(name) };
      const state = { weight: weightOf(moved, name), ...moment };
      adamwStep(state, gradient, [segment], { beta1, beta2, eps, step: i + 1, gradientScale });
    }
    return { ...losses, norm };
  });
  return { steps, weights: moved };
}
