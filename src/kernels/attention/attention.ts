import type { KernelSpec } from '../../gpu/kernel';
import type { Recorder } from '../../gpu/recorder';
import { grid, type Dispatch, type Scope } from '../../gpu/scope';
import type { Tensor } from '../../gpu/tensor';
import type { Positioned } from '../kv_cache/positioned';
import type { Op } from '../op';
import deltaSource from './attention_backward_delta.wgsl?raw';
import keySource from './attention_backward_key.wgsl?raw';
import querySource from './attention_backward_query.wgsl?raw';
import decodeSource from './attention_decode.wgsl?raw';
import forwardSource from './attention_forward.wgsl?raw';
import { attentionTiles } from './tiles';
import { narrow, unroll } from './unroll';

export interface AttentionTensors {
  readonly q: Tensor; // (B·T, H·D)
  readonly k: Tensor; // (B·Tcap, KV·D)
  readonly v: Tensor; // (B·Tcap, KV·D)
  readonly out: Tensor; // (B·T, H·D)
  readonly lse: Tensor; // (B·T, H), saved for backward
  /** Live rows of each sequence; the rest is padding. Above any position while generating. */
  readonly lengths: Tensor; // (B) u32
  /** Absent in inference. */
  readonly dout?: Tensor; // (B·T, H·D)
  /** Written (=). */
  readonly dq?: Tensor; // (B·T, H·D)
  /** Written (=), together with dv. */
  readonly dk?: Tensor; // (B·Tcap, KV·D)
  readonly dv?: Tensor; // (B·Tcap, KV·D)
}

export interface AttentionDims {
  readonly B: number;
  /** Query rows of each sequence. */
  readonly T: number;
  /** Key rows that k and v hold for each sequence: T in training, the context with a cache. */
  readonly Tcap: number;
  /** Query heads, a multiple of KV; head h reads key head floor(h·KV/H). */
  readonly H: number;
  readonly KV: number;
  /** Width of one head, at most 128. */
  readonly D: number;
}

/**
 * Causal attention: out_t = Σ_{u ≤ position + t} p_tu·v_u, p_tu = exp(q_t·k_u·D^-½ − lse_t).
 * With delta_t = dout_t·out_t and ds_tu = p_tu·(dout_t·v_u − delta_t), at position 0:
 * dq_t = D^-½·Σ_u ds_tu·k_u,  dk_u = D^-½·Σ_t ds_tu·q_t,  dv_u = Σ_t p_tu·dout_t; a key head sums over its query heads.
 * Rows t ≥ lengths[b] give out, lse and gradients of zero and reach no other row.
 * Source: Vaswani et al. (arXiv 1706.03762), eq. 1; backward and saved lse as in Dao et al., "FlashAttention" (arXiv 2205.14135).
 */
export function attention(scope: Scope, t: AttentionTensors, { B, T, Tcap, H, KV, D }: AttentionDims): Op & Positioned {
  const { q, k, v, out, lse, lengths, dout, dq, dk, dv } = t;
  const scale = D ** -0.5;
  const dims = { B, T, Tcap, H, KV, scale };
  const tiles = attentionTiles(scope.gpu.adapter.software, { T, D });
  const jobs = (heads: number, { WG, R }: { readonly WG: number; readonly R: number }) => grid(B * heads * Math.ceil(T / (WG * R)));
  const forward = tiles.decode
    ? scope.dispatch(
        spec('attention_decode', decodeSource, D, tiles.decode),
        { tensors: { q, k, v, lengths, out, lse }, params: { ...dims, pos: 0 }, workgroups: grid(B * T * H) },
      )
    : scope.dispatch(
        spec('attention_forward', forwardSource, D, tiles.forward),
        { tensors: { q, k, v, lengths, out, lse }, params: { ...dims, pos: 0 }, workgroups: jobs(H, tiles.forward) },
      );
  const backward: Dispatch[] = [];
  if (dout && (dq ?? (dk && dv))) {
    const stats = scope.tensor('attention stats', [B * T, H, 2]);
    backward.push(scope.dispatch(
      spec('attention_backward_delta', deltaSource, D, tiles.delta),
      { tensors: { dout, out, lse, lengths, stats }, params: { B, T, H }, workgroups: grid(Math.ceil((B * T * H) / tiles.delta.WG)) },
    ));
    if (dq) {
      backward.push(scope.dispatch(
        spec('attention_backward_query', querySource, D, tiles.query),
        { tensors: { q, k, v, lengths, dout, stats, dq }, params: dims, workgroups: jobs(H, tiles.query) },
      ));
    }
    if (dk && dv) {
      backward.push(scope.dispatch(
        spec('attention_backward_key', keySource, D, tiles.key),
        { tensors: { q, k, v, lengths, dout, stats, dk, dv }, params: dims, workgroups: jobs(KV, tiles.key) },
      ));
    }
  }
  return {
    name: 'attention',
    setPosition: (position: number) => {
      if (position + T > Tcap) {
        throw new RangeError(`attention: positions ${String(position)} to ${String(position + T - 1)} do not fit into ${String(Tcap)}`);
      }
      forward.set('pos', position);
    },
    forward: (r: Recorder) => { r.dispatch(forward); },
    backward: (r: Recorder) => { for (const dispatch of backward) r.dispatch(dispatch); },
  };
}

/** The kernel for heads of D floats, read four at a time where D allows it. */
function spec(name: string, source: string, D: number, { WG, ...registers }: { readonly WG: number; readonly R?: number }): KernelSpec {
  const WIDTH = D % 4 === 0 ? 4 : 1;
  const constants = { WIDTH, DV: D / WIDTH, ...registers };
  return { name, source: unroll(WIDTH === 4 ? source : narrow(source), constants), overrides: { WG }, constants };
}
