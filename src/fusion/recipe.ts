import type { TrainingPolicy } from '../model/policy';

export type RouterInit = 'random' | 'hidden' | 'ridge';
/** 'nll': −ln of the own expert's mean probability; 'paper-code': cross-entropy of the softmax of that mean, as published. */
export type GateLoss = 'nll' | 'paper-code' | 'none';

/** Everything that decides how a mixture is assembled and tuned. Plain data. */
export interface FusionRecipe {
  /** Optimiser steps on the mixed data, after the router's warm-up. */
  readonly steps: number;
  /** Router-only steps on per-token cross-entropy. */
  readonly warmupSteps: number;
  /** Sequences a step. */
  readonly batch: number;
  /** Sequences at a time on the GPU: gradients of batch / microBatch passes are added up. */
  readonly microBatch: number;
  readonly learningRate: number;
  readonly topK: number;
  readonly routing: 'token' | 'sequence';
  readonly routerInit: RouterInit;
  /** Rows a dataset that the router's start is computed from. */
  readonly routerRows: number;
  readonly gateLoss: GateLoss;
  /** λ. */
  readonly gateWeight: number;
  /** γᵢ, the weight of ‖Wᵢ − Wᵢ⁰‖², per expert. */
  readonly drift: readonly number[];
  /** Weight of the load-balance loss (Switch); 0 is off. */
  readonly balanceWeight: number;
  /** Weight of the router z-loss (ST-MoE); 0 is off. */
  readonly zWeight: number;
  readonly train: 'lora' | 'full' | 'router';
  readonly rank: number;
  readonly alpha: number;
  readonly dropout: number;
  /** Trains the attention too, as the published code does. */
  readonly attention: boolean;
  readonly weightDecay: number;
  /** Largest global gradient norm; 0 does not clip. */
  readonly clip: number;
  readonly maxLength: number;
  readonly seed: number;
}

/** The corrected recipe in a small budget: at most 400 rows a type and 300 steps. Its numbers are round ones that were not searched for on the embedded models. */
export const DEFAULT_RECIPE: FusionRecipe = {
  steps: 300, warmupSteps: 60, batch: 24, microBatch: 24, learningRate: 1e-3,
  topK: 2, routing: 'token', routerInit: 'ridge', routerRows: 64,
  gateLoss: 'nll', gateWeight: 0.1, drift: [0.001, 0.001, 0.001], balanceWeight: 0, zWeight: 0,
  train: 'full', rank: 8, alpha: 16, dropout: 0, attention: false,
  weightDecay: 0, clip: 1, maxLength: 300, seed: 1,
};

/** The parameters that a recipe trains. */
export function policyOf({ train, rank, alpha, dropout, attention }: FusionRecipe): TrainingPolicy {
  const ffn = train === 'lora' ? { kind: 'lora', rank, alpha, dropout } as const : { kind: train === 'full' ? 'full' : 'frozen' } as const;
  return { ffn, router: true, attention, norms: false, embeddings: false };
}
