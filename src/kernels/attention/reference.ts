import { add, at } from '../float64';

export interface AttentionReferenceDims {
  readonly B: number;
  readonly T: number;
  /** Query heads; head h reads the kv head floor(h·KV/H). */
  readonly H: number;
  readonly KV: number;
  readonly D: number;
}

/** Calls `visit` for every real query row and head, with the offsets of q, of its kv head in row 0 of the sequence, and the stride. */
function eachQuery(
  lengths: ArrayLike<number>, { B, T, H, KV, D }: AttentionReferenceDims,
  visit: (query: { readonly row: number; readonly t: number; readonly qAt: number; readonly kAt: (s: number) => number }) => void,
): void {
  for (let b = 0; b < B; b++) {
    for (let t = 0; t < at(lengths, b); t++) {
      for (let h = 0; h < H; h++) {
        const kvHead = Math.floor((h * KV) / H);
        const row = (b * T + t) * H + h; // into (N,H)
        visit({ row, t, qAt: row * D, kAt: (s) => ((b * T + s) * KV + kvHead) * D });
      }
    }
  }
}

function dotAt(a: Float64Array, i: number, b: Float64Array, j: number, D: number): number {
  let sum = 0;
  for (let d = 0; d < D; d++) sum += at(a, i + d) * at(b, j + d);
  return sum;
}

/**
 * Float64 reference of causal attention with grouped kv heads: q (N,H·D), k and v (N,KV·D), N = B·T, right-padded.
 *   s_ts = q_t·k_s·D^-½ for s ≤ t,  lse_t = ln Σ_s exp(s_ts),  out_t = Σ_s exp(s_ts − lse_t)·v_s
 * out (N,H·D) and lse (N,H) are zero in rows t ≥ lengths[b].
 */
export function attentionForward(
  q: Float64Array, k: Float64Array, v: Float64Array, lengths: ArrayLike<number>, dims: AttentionReferenceDims,
) {
  const { B, T, H, D } = dims;
  const out = new Float64Array(B * T * H * D);
  const lse = new Float64Array(B * T * H);
  eachQuery(lengths, dims, ({ row, t, qAt, kAt }) => {
    const scores = Float64Array.from({ length: t + 1 }, (_, s) => dotAt(q, qAt, k, kAt(s), D) / Math.sqrt(D));
    const max = scores.reduce((a, b) => Math.max(a, b));
    const total = max + Math.log(scores.reduce((sum, score) => sum + Math.exp(score - max), 0));
    lse[row] = total;
    scores.forEach((score, s) => {
      const p = Math.exp(score - total);
      for (let d = 0; d < D; d++) add(out, qAt + d, p * at(v, kAt(s) + d));
    });
  });
  return { out, lse };
}

/**
 * p_ts = exp(s_ts − lse_t),  dp_ts = dout_t·v_s,  δ_t = dout_t·out_t,  ds_ts = p_ts·(dp_ts − δ_t);
 * dv_s = Σ_t p_ts·dout_t,  dq_t = D^-½·Σ_s ds_ts·k_s,  dk_s = D^-½·Σ_t ds_ts·q_t; a kv head sums over its query heads.
 */
export function attentionBackward(
  dout: Float64Array, q: Float64Array, k: Float64Array, v: Float64Array, out: Float64Array, lse: Float64Array,
  lengths: ArrayLike<number>, dims: AttentionReferenceDims,
) {
  const { D } = dims;
  const dq = new Float64Array(q.length);
  const dk = new Float64Array(k.length);
  const dv = new Float64Array(v.length);
  eachQuery(lengths, dims, ({ row, t, qAt, kAt }) => {
    const delta = dotAt(dout, qAt, out, qAt, D);
    for (let s = 0; s <= t; s++) {
      const p = Math.exp(dotAt(q, qAt, k, kAt(s), D) / Math.sqrt(D) - at(lse, row));
      const dscore = (p * (dotAt(dout, qAt, v, kAt(s), D) - delta)) / Math.sqrt(D);
      for (let d = 0; d < D; d++) {
        add(dv, kAt(s) + d, p * at(dout, qAt + d));
        add(dq, qAt + d, dscore * at(k, kAt(s) + d));
        add(dk, kAt(s) + d, dscore * at(q, qAt + d));
      }
    }
  });
  return { dq, dk, dv };
}
