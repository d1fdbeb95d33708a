import type { Scope } from '../gpu/scope';
import type { Tensor } from '../gpu/tensor';
import { embedding } from '../kernels/embedding/embedding';
import { denseOffsets } from '../kernels/linear/matmul';
import type { Positioned } from '../kernels/kv_cache/positioned';
import type { LoraLinear } from '../kernels/lora_linear/lora_linear';
import type { Op } from '../kernels/op';
import { ropeTable } from '../kernels/rope/rope_table';
import { requireSomeHeard } from '../kernels/router/router';
import { attentionBlock } from './attention_block';
import { given, type BuildContext, type GradientReach, type PlanDims, type PlanInputs, type RouterTensors } from './context';
import { ffnBlock } from './ffn_block';
import type { KvCache } from './kv_cache';
import { logitsHead, lossHead, type LogitsHead, type LossHead } from './head';
import type { Parameter, ParameterStore } from './store';
import type { Workspace } from './workspace';

export interface TransformerOptions {
  readonly dims: PlanDims;
  /** Experts kept per token: one number, or one for each layer. */
  readonly topK?: number | readonly number[];
  /** Bit e silences expert e in every layer: for inference, 0 by default. */
  readonly muted?: number;
  readonly cache?: KvCache;
  /** One row a sequence, each at the position that inputs.positions names: decoding of a batch. */
  readonly ragged?: boolean;
  /** Measures what each kept expert adds to the residual stream: `norms` of the routers. */
  readonly norms?: boolean;
  /** Records gradients down to the lowest block that trains. */
  readonly train?: 'everything' | 'router-only';
  /** Which head stands on top; 'none' where only the routers or the hidden states are wanted. */
  readonly head: 'logits' | 'loss' | 'none';
}

/** Which rows hold which token, for the embedding's gradient: see inverseIndex(). */
export interface EmbeddingIndex {
  readonly order: Tensor; // (N) u32
  readonly starts: Tensor; // (N + 1) u32
  readonly tokens: Tensor; // (N) u32
  readonly count: Tensor; // (1) u32
}

/** A decoder as a plain sequence of ops, bound to its tensors: run forward, then in reverse. */
export interface Transformer {
  readonly dims: PlanDims;
  readonly ops: readonly Op[];
  readonly inputs: PlanInputs;
  readonly index?: EmbeddingIndex;
  readonly routers: readonly RouterTensors[];
  /** Post-norm FFN inputs, per layer (N, C). */
  readonly ffnInputs: readonly Tensor[];
  /** The residual stream after the last layer, before the final norm: (N, C). */
  readonly hidden: Tensor;
  readonly adapters: readonly LoraLinear[];
  readonly positioned: readonly Positioned[];
  readonly logits?: LogitsHead & { readonly rows: Tensor };
  readonly loss?: LossHead;
}

/**
 * Llama (dense) and Mixtral (mixture) from one description: config.experts decides.
 * @throws RangeError where `muted` leaves no expert, or names one that the model has not.
 */
export function transformer(scope: Scope, workspace: Workspace, store: ParameterStore, options: TransformerOptions): Transformer {
  const { config } = store;
  const { dims, cache, muted = 0, topK = config.topK } = options;
  // A dense model has no router that could say so itself.
  requireSomeHeard(muted, config.experts);
  const { B, T } = dims;
  const N = B * T;
  const C = config.width;
  const inputs: PlanInputs = {
    ids: workspace.tensor('ids', [N]), lengths: workspace.tensor('lengths', [B]), promptLengths: workspace.tensor('prompt lengths', [B]),
    ...(options.ragged === true ? { positions: workspace.tensor('positions', [B]) } : {}),
  };
  const reach = options.train && { lowest: options.train === 'router-only' ? Infinity : lowestTrainableBlock(store) };
  const context: BuildContext = {
    scope, workspace, config, store, dims, inputs, muted, routerOnly: options.train === 'router-only', norms: options.norms === true,
    topK: typeof topK === 'number' ? new Array<number>(config.layers).fill(topK) : topK,
    rope: ropeTable(scope, { positions: cache?.capacity ?? T, D: config.headDim, theta: config.ropeTheta }),
    denseRows: denseOffsets(scope, N), ...given({ reach, cache }),
  };
  const dstream = options.train === 'everything' ? workspace.tensor('d stream', [N, C]) : undefined;
  const table = store.get('embedding');
  const dweight = options.train === 'everything' ? table.grad : undefined;
  const index = dweight && embeddingIndex(workspace, N);
  let stream = workspace.tensor(reach ? 'embedded' : 'stream', [N, C]);
  const ops: Op[] = [embedding(scope, { ids: inputs.ids, weight: table.weight, out: stream, ...given({ dout: dweight && dstream, dweight, index }) }, { N, C })];
  const routers: RouterTensors[] = [];
  const ffnInputs: Tensor[] = [];
  const adapters: LoraLinear[] = [];
  const positioned: Positioned[] = [];
  for (let layer = 0; layer < config.layers; layer++) {
    const attention = attentionBlock(context, layer, stream, dstream);
    const ffn = ffnBlock(context, layer, attention.out, dstream);
    ops.push(...attention.ops, ...ffn.ops);
    positioned.push(...attention.positioned);
    adapters.push(...ffn.adapters);
    ffnInputs.push(ffn.normed);
    if (ffn.router) routers.push(ffn.router);
    stream = ffn.out;
  }
  const logits = options.head === 'logits' ? logitsHead(context, stream) : undefined;
  const loss = options.head === 'loss' ? lossHead(context, stream, dstream) : undefined;
  ops.push(...(logits?.ops ?? loss?.ops ?? []));
  // Dropout belongs to training: outside it every adapter answers in full.
  if (options.train === undefined) for (const adapter of adapters) adapter.setTraining(false);
  if (dstream) ops.push({ name: 'clear', forward: () => undefined, backward: (r) => { r.clear(dstream); } });
  return { dims, ops, inputs, routers, ffnInputs, hidden: stream, adapters, positioned, ...given({ index, logits, loss }) };
}

function embeddingIndex(workspace: Workspace, N: number): EmbeddingIndex {
  const make = (label: string, size: number): Tensor => workspace.tensor(`index ${label}`, [size]);
  return { order: make('order', N), starts: make('starts', N + 1), tokens: make('tokens', N), count: make('count', 1) };
}

function lowestTrainableBlock(store: ParameterStore): GradientReach['lowest'] {
  return Math.min(Infinity, ...store.trainable().map(blockOf));
}

function blockOf({ spec: { key } }: Parameter): number {
  if (key === 'embedding') return -1;
  const match = /^layers\.(\d+)\.(ffn|router)?/.exec(key);
  if (match === null) return Infinity;
  return 2 * Number(match[1]) + (match[2] === undefined ? 0 : 1);
}
