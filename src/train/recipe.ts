import type { GateLoss } from '../fusion/recipe';

/** The weights of everything that is added to the language-model loss. */
export interface LossWeights {
  readonly gateLoss: GateLoss;
  /** λ. */
  readonly gateWeight: number;
  /** γᵢ per expert. */
  readonly drift: readonly number[];
  readonly balanceWeight: number;
  readonly zWeight: number;
}

export const NO_ROUTER_LOSSES: LossWeights = { gateLoss: 'none', gateWeight: 0, drift: [], balanceWeight: 0, zWeight: 0 };

/** How the optimiser goes through the rows; the same for pretraining, alignment and fusion. */
export interface TrainingRecipe {
  readonly steps: number;
  /** Router-only steps before them, on per-token cross-entropy. */
  readonly warmupSteps: number;
  /** Sequences a step, and at a time on the GPU. */
  readonly batch: number;
  readonly microBatch: number;
  readonly learningRate: number;
  readonly weightDecay: number;
  readonly clip: number;
  /** Decay rates of AdamW's moments. */
  readonly beta1: number;
  readonly beta2: number;
  readonly losses: LossWeights;
  readonly seed: number;
}
