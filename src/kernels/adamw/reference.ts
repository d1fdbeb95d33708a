import { at } from '../float64';

/** A run of parameters in flat storage with its own step size and decay; parameters in no segment stay as they are. */
export interface AdamwSegment {
  /** First element. */
  readonly start: number;
  readonly size: number;
  readonly learningRate: number;
  readonly weightDecay: number;
}

export interface AdamwReferenceSettings {
  readonly beta1: number;
  readonly beta2: number;
  readonly eps: number;
  /** Counts from 1. */
  readonly step: number;
  /** Of clipping; multiplies every gradient. */
  readonly gradientScale?: number;
}

/** One parameter storage with its moments, all of one length; a step changes the three in place. */
export interface AdamwState {
  readonly weight: Float64Array;
  readonly m: Float64Array;
  readonly v: Float64Array;
}

/**
 * Float64 reference of one AdamW step, with decay apart from the moments:
 *   m = β₁m + (1−β₁)g,  v = β₂v + (1−β₂)g²,  m̂ = m/(1−β₁ᵗ),  v̂ = v/(1−β₂ᵗ),  w −= lr·(m̂/(√v̂ + ε) + decay·w).
 * Source: Loshchilov & Hutter, "Decoupled Weight Decay Regularization" (arXiv 1711.05101), algorithm 2, decay scaled by lr as in PyTorch.
 */
export function adamwStep(
  { weight, m, v }: AdamwState, gradient: Float64Array, segments: readonly AdamwSegment[],
  { beta1, beta2, eps, step, gradientScale = 1 }: AdamwReferenceSettings,
): void {
  for (const { start, size, learningRate, weightDecay } of segments) {
    for (let i = start; i < start + size; i++) {
      const g = gradientScale * at(gradient, i);
      const first = beta1 * at(m, i) + (1 - beta1) * g;
      const second = beta2 * at(v, i) + (1 - beta2) * g * g;
      m[i] = first;
      v[i] = second;
      const direction = first / (1 - beta1 ** step) / (Math.sqrt(second / (1 - beta2 ** step)) + eps);
      weight[i] = at(weight, i) - learningRate * (direction + weightDecay * at(weight, i));
    }
  }
}
