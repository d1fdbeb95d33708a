import type { Tensor } from '../gpu/tensor';
import { linear } from '../kernels/linear/linear';
import { loraLinear, type LoraLinear } from '../kernels/lora_linear/lora_linear';
import type { Op } from '../kernels/op';
import { residual } from '../kernels/residual/residual';
import { rmsnorm } from '../kernels/rmsnorm/rmsnorm';
import { swiglu } from '../kernels/swiglu/swiglu';
import { activation, activationGradient, given, type BuildContext, type RouterTensors } from './context';
import { routedFfn } from './moe';
import { projectionSize, type Projection } from './parameters';

/** The rows that an FFN works on: all tokens for a dense one, rows grouped by expert for a mixture. */
export interface FfnRows {
  /** Capacity. */
  readonly R: number;
  readonly G: number;
  readonly offsets: Tensor; // (G + 1) u32
  readonly inp: Tensor; // (R, C)
  readonly out: Tensor; // (R, C)
  readonly dinp?: Tensor; // written (=)
  readonly dout?: Tensor;
}

export interface FfnOps {
  readonly ops: readonly Op[];
  readonly adapters: readonly LoraLinear[];
}

export interface FfnBlock extends FfnOps {
  readonly out: Tensor; // (N, C), the residual stream after the block
  readonly router?: RouterTensors;
  /** The post-norm input of the FFN, on which the ridge router is regressed. */
  readonly normed: Tensor; // (N, C)
}

/** x + ffn(rmsnorm(x)), the FFN dense or a routed mixture. dstream is the gradient of x, in place. */
export function ffnBlock(c: BuildContext, layer: number, x: Tensor, dstream: Tensor | undefined): FfnBlock {
  const { scope, config, store, dims: { B, T } } = c;
  const { width: C, normEps: eps } = config;
  const N = B * T;
  const block = 2 * layer + 1;
  const lowest = c.reach?.lowest ?? Infinity;
  const reached = block >= lowest;
  const dout = reached ? dstream : undefined;
  const norm = store.get(`layers.${layer}.ffn_norm`);
  const wantsNormed = reached && (block > lowest || norm.grad !== undefined);
  const normed = c.reach ? activation(c, layer, 'ffn_in', [N, C]) : c.workspace.tensor(`layers.${layer}.ffn_in`, [N, C]);
  const dnormed = activationGradient(c, wantsNormed, 'ffn_in', [N, C]);
  const branch = activation(c, layer, 'ffn_out', [N, C]);
  const prenorm = rmsnorm(scope, {
    inp: x, weight: norm.weight, out: normed, rstd: activation(c, layer, 'ffn_rstd', [N]),
    ...given({ dout: dnormed, dinp: block > lowest ? dout : undefined, dweight: reached ? norm.grad : undefined }),
  }, { N, C, eps });
  const ends = { inp: normed, out: branch, ...given({ dinp: dnormed, dout }) };
  const { ops, adapters, router } = config.experts > 1
    ? routedFfn(c, layer, { ...ends, stream: x })
    : { ...swigluFfn(c, layer, { R: N, G: 1, offsets: c.denseRows, ...ends }), router: undefined };
  const out = c.workspace.tensor(c.reach ? `layers.${layer}.stream out` : 'stream', [N, C]);
  const join = residual(scope, { inp: x, branch, out }, { N, C });
  return { ops: [prenorm, ...ops, join], adapters, out, normed, ...(router ? { router } : {}) };
}

/**
 * down(silu(gate·x) ⊙ up·x) over grouped rows: one group for a dense FFN, one per expert for a mixture.
 * Source: Shazeer, "GLU Variants Improve Transformer" (arXiv 2002.05202).
 */
export function swigluFfn(c: BuildContext, layer: number, rows: FfnRows): FfnOps {
  const { scope, config } = c;
  const { R, G, offsets, inp, out, dinp, dout } = rows;
  const { ffnWidth: F } = config;
  const adapters: LoraLinear[] = [];
  const project = (projection: Projection, from: Tensor, to: Tensor, dto: Tensor | undefined, dfrom: Tensor | undefined, accumulateDinp: boolean): Op => {
    const key = `layers.${layer}.ffn.${projection}`;
    const { weight, grad: dweight } = c.store.get(key);
    const { O, I } = projectionSize(config, projection);
    const tensors = { inp: from, weight, out: to, offsets, ...given({ dout: dto, dinp: dto && dfrom, dweight: dto && dweight }) };
    const a = c.store.find(`${key}.lora_a`);
    const b = c.store.find(`${key}.lora_b`);
    const { ffn } = c.store.policy;
    if (!a || !b || ffn.kind !== 'lora') return linear(scope, tensors, { R, G, I, O }, { accumulateDinp });
    const adapter = loraLinear(scope,
      { ...tensors, loraA: a.weight, loraB: b.weight, ...given({ dloraA: dto && a.grad, dloraB: dto && b.grad }) },
      { R, G, I, O, rank: ffn.rank }, { scale: ffn.alpha / ffn.rank, dropout: ffn.dropout, accumulateDinp });
    adapters.push(adapter);
    return adapter;
  };
  const wide = (name: string): Tensor => activation(c, layer, name, [R, F]);
  const dwide = (name: string): Tensor | undefined => activationGradient(c, dout !== undefined, name, [R, F]);
  const gate = wide('gate');
  const up = wide('up');
  const hidden = wide('hidden');
  const dgate = dwide('gate');
  const dup = dwide('up');
  const dhidden = dwide('hidden');
  // Backward runs in reverse: up writes dinp, gate adds to it.
  const ops = [
    project('gate', inp, gate, dgate, dinp, true),
    project('up', inp, up, dup, dinp, false),
    swiglu(scope, { gate, up, out: hidden, offsets, ...given({ dout: dhidden, dgate, dup }) }, { R, F, G }),
    project('down', hidden, out, dout, dhidden, false),
  ];
  return { ops, adapters };
}
