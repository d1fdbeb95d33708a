import type { Tensor } from '../gpu/tensor';
import { attention } from '../kernels/attention/attention';
import { append } from '../kernels/kv_cache/append';
import type { Positioned } from '../kernels/kv_cache/positioned';
import { linear } from '../kernels/linear/linear';
import type { Op } from '../kernels/op';
import { residual } from '../kernels/residual/residual';
import { rmsnorm } from '../kernels/rmsnorm/rmsnorm';
import { rope } from '../kernels/rope/rope';
import { activation, activationGradient, given, type BuildContext } from './context';

export interface Block {
  readonly ops: readonly Op[];
  readonly positioned: readonly Positioned[];
  readonly out: Tensor; // (N, C), the residual stream after the block
}

/** x + attention(rmsnorm(x)): pre-norm, rotate-half RoPE, grouped KV heads (Llama). dstream is the gradient of x, in place. */
export function attentionBlock(c: BuildContext, layer: number, x: Tensor, dstream: Tensor | undefined): Block {
  const { scope, config, store, dims: { B, T } } = c;
  const { width: C, heads: H, kvHeads: KV, headDim: D, normEps: eps } = config;
  const N = B * T;
  const key = `layers.${layer}`;
  const block = 2 * layer;
  const lowest = c.reach?.lowest ?? Infinity;
  const reached = block >= lowest;
  const keep = (name: string, width: number): Tensor => activation(c, layer, name, [N, width]);
  const grad = (name: string, width: number): Tensor | undefined => activationGradient(c, reached, name, [N, width]);
  const norm = store.get(`${key}.attention_norm`);
  const dstreamHere = reached ? dstream : undefined;
  const wantsNormed = reached && (block > lowest || norm.grad !== undefined);
  const normed = keep('attention_in', C);
  const dnormed = activationGradient(c, wantsNormed, 'attention_in', [N, C]);

  const ops: Op[] = [rmsnorm(scope, {
    inp: x, weight: norm.weight, out: normed, rstd: activation(c, layer, 'attention_rstd', [N]),
    ...given({ dout: dnormed, dinp: block > lowest ? dstreamHere : undefined, dweight: reached ? norm.grad : undefined }),
  }, { N, C, eps })];

  const project = (name: 'q' | 'k' | 'v', heads: number, dout: Tensor | undefined): Tensor => {
    const { weight, grad: dweight } = store.get(`${key}.${name}`);
    const out = keep(name, heads * D);
    ops.push(linear(scope, { inp: normed, weight, out, offsets: c.denseRows, ...given({ dout, dinp: dout && dnormed, dweight: dout && dweight }) },
      { R: N, G: 1, I: C, O: heads * D }, { accumulateDinp: name !== 'v' }));
    return out;
  };
  // Backward runs in reverse: v writes the gradient of the normed input, k and q add to theirs.
  const dq = grad('q', H * D);
  const dk = grad('k', KV * D);
  const dv = grad('v', KV * D);
  const q = project('q', H, dq);
  const k = project('k', KV, dk);
  const v = project('v', KV, dv);

  const ragged = given({ positions: c.inputs.positions });
  const Tcap = c.cache?.capacity ?? T;
  const positioned: Positioned[] = [];
  const place = (op: Op & Positioned): void => {
    ops.push(op);
    positioned.push(op);
  };
  const turned = (name: 'q' | 'k', inp: Tensor, out: Tensor, heads: number, capacity: number, dinp: Tensor | undefined): Tensor | undefined => {
    const dout = grad(`${name} turned`, heads * D);
    place(rope(scope, { inp, out, table: c.rope, ...ragged, ...given({ dout, dinp }) }, { B, T, Tcap: capacity, heads, D }));
    return dout;
  };
  const qTurned = keep('q turned', H * D);
  const kTurned = c.cache?.keys[layer] ?? keep('k turned', KV * D);
  // Queries are not cached: their row is t, though their position is the cache's.
  const dqTurned = turned('q', q, qTurned, H, T, dq);
  const dkTurned = turned('k', k, kTurned, KV, Tcap, dk);
  let vKept = v;
  const vCache = c.cache?.values[layer];
  if (vCache) {
    vKept = vCache;
    place(append(scope, { inp: v, out: vCache, ...ragged }, { B, T, Tcap, W: KV * D }));
  }
  const mixed = keep('mixed', H * D);
  const dmixed = grad('mixed', H * D);
  place(attention(scope, {
    q: qTurned, k: kTurned, v: vKept, out: mixed, lse: activation(c, layer, 'lse', [N, H]), lengths: c.inputs.lengths, ...ragged,
    ...given({ dout: dmixed, dq: dqTurned, dk: dkTurned, dv }),
  }, { B, T, Tcap, H, KV, D }));
  const o = store.get(`${key}.o`);
  const branch = keep('attention_out', C);
  ops.push(linear(scope, {
    inp: mixed, weight: o.weight, out: branch, offsets: c.denseRows, ...given({ dout: dstreamHere, dinp: dmixed, dweight: reached ? o.grad : undefined }),
  }, { R: N, G: 1, I: H * D, O: C }, { accumulateDinp: false }));
  const out = keep('stream mid', C);
  ops.push(residual(scope, { inp: x, branch, out }, { N, C }));
  return { ops, positioned, out };
}
