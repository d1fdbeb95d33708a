import type { ModelConfig } from '../formats/hf_config';
import type { Scope } from '../gpu/scope';
import type { Tensor } from '../gpu/tensor';
import type { RopeTable } from '../kernels/rope/rope_table';
import type { Router } from '../kernels/router/router';
import type { KvCache } from './kv_cache';
import type { ParameterStore } from './store';
import type { Workspace } from './workspace';

/** Sizes of one plan. Row n = b·T + t; sequences are padded on the right. */
export interface PlanDims {
  readonly B: number;
  readonly T: number;
  /** Rows that carry a target (or whose logits are wanted): capacity. */
  readonly rows: number;
}

/** What changes from batch to batch, written by the queue before a submit. */
export interface PlanInputs {
  readonly ids: Tensor; // (N) u32
  readonly lengths: Tensor; // (B) u32, tokens of each sequence
  readonly promptLengths: Tensor; // (B) u32
  /** A position for each sequence, where a batch of unlike lengths decodes; else they share the `positioned` ops' one. */
  readonly positions?: Tensor; // (B) u32
}

/** A layer's router and what it decided; kept for every layer. */
export interface RouterTensors {
  readonly op: Router;
  readonly logits: Tensor; // (N, E)
  readonly probs: Tensor; // (N, E)
  readonly index: Tensor; // (N, K) u32
  readonly share: Tensor; // (N, K)
  /** Lengths of what each kept expert adds and of what it is added to; where they are wanted. */
  readonly norms?: Tensor; // (N, K + 1)
  /** Gradient of the router losses with respect to probs. */
  readonly dprobs?: Tensor; // (N, E)
}

/**
 * How far down gradients are wanted. Blocks are numbered from the bottom: attention of layer l is 2l, its FFN 2l + 1.
 * Below the lowest block that trains nothing is recorded; -1 when embeddings train, Infinity when nothing does.
 */
export interface GradientReach {
  readonly lowest: number;
}

/** Everything that a block needs to be built. */
export interface BuildContext {
  readonly scope: Scope;
  readonly workspace: Workspace;
  readonly config: ModelConfig;
  readonly store: ParameterStore;
  readonly dims: PlanDims;
  readonly inputs: PlanInputs;
  readonly rope: RopeTable;
  readonly denseRows: Tensor; // (2) u32, [0, N]
  /** Absent in inference: activations are then shared by all layers. */
  readonly reach?: GradientReach;
  /** Present when generating. */
  readonly cache?: KvCache;
  /** Experts kept per token; the command line's --top-k or an intervention may ask for another number than the config. */
  readonly topK: readonly number[]; // (L)
  /** Bit e silences expert e in every layer; 0 in training. */
  readonly muted: number;
  /** Records the routers' weight gradients only, as in the router's warm-up. */
  readonly routerOnly: boolean;
  /** Measures what each kept expert adds to the residual stream. */
  readonly norms: boolean;
}

/** An activation: one per layer while training, shared by all layers otherwise. */
export function activation(c: BuildContext, layer: number, name: string, shape: readonly number[]): Tensor {
  return c.workspace.tensor(c.reach ? `layers.${layer}.${name}` : name, shape);
}

/** A gradient of an activation, shared by all layers: each is used up before the next layer's is written. */
export function activationGradient(c: BuildContext, wanted: boolean, name: string, shape: readonly number[]): Tensor | undefined {
  return c.reach && wanted ? c.workspace.tensor(`d ${name}`, shape) : undefined;
}

/** Leaves out the keys whose value is undefined: an absent gradient is an absent key. */
export function given<T extends Record<string, unknown>>(entries: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: NonNullable<T[K]> };
}
