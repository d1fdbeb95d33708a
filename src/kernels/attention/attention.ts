import type { Recorder } from '../../gpu/recorder';
import { grid, type Dispatch, type Scope } from '../../gpu/scope';
import type { Tensor } from '../../gpu/tensor';
import type { Positioned } from '../kv_cache/positioned';
import type { Op } from '../op';
import { attentionKernel } from './kernels';
import { attentionTiles, type AttentionTile, type AttentionTiles } from './tiles';

export interface AttentionTensors {
  readonly q: Tensor; // (B·T, H·D)
  readonly k: Tensor; // (B·Tcap, KV·D)
  readonly v: Tensor; // (B·Tcap, KV·D)
  readonly out: Tensor; // (B·T, H·D)
  readonly lse: Tensor; // (B·T, H), saved for backward
  /** Live rows of each sequence; the rest is padding. Above any position while generating. */
  readonly lengths: Tensor; // (B) u32
  /** A position for each sequence, in place of setPosition's for all: for decoding (T below the tiles' `decodeBelow`). */
  readonly positions?: Tensor; // (B) u32
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

const DELTA_GROUP = 32;

/**
 * Causal attention: out_t = Σ_{u ≤ position + t} p_tu·v_u, p_tu = exp(q_t·k_u·D^-½ − lse_t).
 * With delta_t = dout_t·out_t and ds_tu = p_tu·(dout_t·v_u − delta_t), at position 0:
 * dq_t = D^-½·Σ_u ds_tu·k_u,  dk_u = D^-½·Σ_t ds_tu·q_t,  dv_u = Σ_t p_tu·dout_t; a key head sums over its query heads.
 * Rows t ≥ lengths[b] give out, lse and gradients of zero and reach no other row.
 * Source: Vaswani et al. (arXiv 1706.03762), eq. 1; backward and saved lse as in Dao et al., "FlashAttention" (arXiv 2205.14135).
 * @throws RangeError for positions of their own where T is too large for the decode kernel.
 * @param tiles chosen by the adapter where absent; tests and benchmarks name them
 */
export function attention(
  scope: Scope, t: AttentionTensors, { B, T, Tcap, H, KV, D }: AttentionDims,
  tiles: AttentionTiles = attentionTiles(scope.gpu.adapter, D),
): Op & Positioned {
  const { q, k, v, out, lse, lengths, positions, dout, dq, dk, dv } = t;
  const dims = { B, T, Tcap, H, KV, scale: D ** -0.5 };
  const groups = (heads: number, { WG, R }: AttentionTile) => grid(B * heads * Math.ceil(T / (WG * R)));
  const decode = T < tiles.decodeBelow;
  if (positions && !decode) throw new RangeError(`attention: positions of their own need fewer than ${String(tiles.decodeBelow)} rows a sequence, not ${String(T)}`);
  // Absent positions are taken by a tensor that the kernel is told not to read.
  const decoding = { tensors: { positions: positions ?? lengths }, params: { ragged: positions ? 1 : 0 } };
  const forward = scope.dispatch(
    decode
      ? attentionKernel('attention_decode', D, tiles.decode)
      : attentionKernel(tiles.quad ? 'attention_forward_quad' : 'attention_forward', D, tiles.forward),
    {
      tensors: { q, k, v, lengths, out, lse, ...(decode ? decoding.tensors : {}) }, params: { ...dims, pos: 0, ...(decode ? decoding.params : {}) },
      workgroups: decode ? grid(B * T * H) : groups(H, tiles.forward),
    },
  );
  const backward: Dispatch[] = [];
  if (dout && (dq ?? dk)) {
    const stats = scope.tensor('attention stats', [B * T, H, 2]); // lse, delta
    backward.push(scope.dispatch(
      attentionKernel('attention_backward_delta', D, { WG: DELTA_GROUP }),
      { tensors: { dout, out, lse, lengths, stats }, params: { B, T, H }, workgroups: grid(Math.ceil((B * T * H) / DELTA_GROUP)) },
    ));
    const shared = { q, k, v, lengths, dout, stats };
    if (dq) {
      backward.push(scope.dispatch(
        attentionKernel(tiles.quad ? 'attention_backward_query_quad' : 'attention_backward_query', D, tiles.backward),
        { tensors: { ...shared, dq }, params: dims, workgroups: groups(H, tiles.backward) },
      ));
    }
    if (dk && dv) {
      backward.push(scope.dispatch(
        attentionKernel(tiles.quad ? 'attention_backward_key_quad' : 'attention_backward_key', D, tiles.backward),
        { tensors: { ...shared, dk, dv }, params: dims, workgroups: groups(KV, tiles.backward) },
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
