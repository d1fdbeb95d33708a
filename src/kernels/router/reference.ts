import { linearBackward, linearForward } from '../linear/reference';
import { add, at } from '../float64';

export interface RouterReferenceDims {
  readonly B: number;
  readonly T: number;
  readonly C: number;
  readonly E: number;
  readonly K: number;
  /** Bit e silences expert e; not all of them. */
  readonly muted?: number;
  /** Added to the logits before the softmax; 0 where absent. */
  readonly bias?: ArrayLike<number>; // (E)
  /** Divides the biased logits; 1 where absent. */
  readonly temperature?: number;
}

/** Rows n = b·T + t with t < lengths[b]. */
export function validRows(lengths: ArrayLike<number>, { B, T }: { readonly B: number; readonly T: number }): number[] {
  return Array.from({ length: B }, (_, b) => Array.from({ length: at(lengths, b) }, (_, t) => b * T + t)).flat();
}

/**
 * Float64 reference of the router: inp (N,C), weight (E,C), N = B·T.
 *   logits = inp·Wᵀ,  z = (logits + bias) / temperature,  lse_n = ln Σ_e exp(z_ne),  probs = exp(z − lse),
 *   index_n = the K largest in falling order (ties to the lowest expert),  share_nk = probs_n,index / Σ_j probs_n,index_j.
 * Muted experts have probability 0, and lse runs over the others; slots that these cannot fill: index E, share 0.
 * Padding rows (t ≥ lengths[b]): index E; all else 0.
 */
export function routerForward(inp: Float64Array, weight: Float64Array, lengths: ArrayLike<number>, dims: RouterReferenceDims) {
  const { B, T, C, E, K, muted = 0, bias = new Float64Array(E), temperature = 1 } = dims;
  const N = B * T;
  const heard = Array.from({ length: E }, (_, e) => e).filter((e) => ((muted >> e) & 1) === 0);
  const all = linearForward(inp, weight, [0, N], { R: N, G: 1, I: C, O: E });
  const logits = new Float64Array(N * E);
  const probs = new Float64Array(N * E);
  const lse = new Float64Array(N);
  const index = new Uint32Array(N * K).fill(E);
  const share = new Float64Array(N * K);
  for (const n of validRows(lengths, dims)) {
    const raw = all.subarray(n * E, (n + 1) * E);
    logits.set(raw, n * E);
    const row = raw.map((logit, e) => (logit + at(bias, e)) / temperature);
    const max = Math.max(...heard.map((e) => at(row, e)));
    const total = max + Math.log(heard.reduce((sum, e) => sum + Math.exp(at(row, e) - max), 0));
    lse[n] = total;
    for (const e of heard) probs[n * E + e] = Math.exp(at(row, e) - total);
    const chosen = [...heard].sort((a, b) => at(row, b) - at(row, a) || a - b).slice(0, K);
    const kept = chosen.reduce((sum, e) => sum + at(probs, n * E + e), 0);
    chosen.forEach((e, k) => {
      index[n * K + k] = e;
      share[n * K + k] = at(probs, n * E + e) / kept;
    });
  }
  return { logits, probs, index, share, lse };
}

/**
 * With S_n = Σ_k p_n,index_k and the gradients that reach the shares and the probabilities (of gate or balance losses):
 *   dp_n,index_k += (dshare_nk − Σ_j share_nj·dshare_nj) / S_n;   dlogits = p ⊙ (dp − Σ_e p_e·dp_e) + 2·zScale·lse·p.
 * zScale is ∂loss/∂(Σ_n lse_n²): the z-loss weight over the number of its rows.
 * At K = 1 the share is the constant 1, and dshare has no effect.
 */
export function routerBackward(
  { dshare, dprobs, zScale = 0 }: { readonly dshare?: Float64Array; readonly dprobs?: Float64Array; readonly zScale?: number },
  inp: Float64Array, weight: Float64Array, saved: Omit<ReturnType<typeof routerForward>, 'logits'>,
  lengths: ArrayLike<number>, dims: RouterReferenceDims,
) {
  const { B, T, C, E, K } = dims;
  const { probs, index, share, lse } = saved;
  const dlogits = new Float64Array(B * T * E);
  for (const n of validRows(lengths, dims)) {
    const p = probs.subarray(n * E, (n + 1) * E);
    const dp = dprobs ? dprobs.slice(n * E, (n + 1) * E) : new Float64Array(E);
    if (dshare) {
      let kept = 0;
      let mean = 0;
      for (let k = n * K; k < (n + 1) * K; k++) {
        kept += at(p, at(index, k));
        mean += at(share, k) * at(dshare, k);
      }
      for (let k = n * K; k < (n + 1) * K; k++) add(dp, at(index, k), (at(dshare, k) - mean) / kept);
    }
    const mean = p.reduce((sum, value, e) => sum + value * at(dp, e), 0);
    p.forEach((value, e) => { dlogits[n * E + e] = value * (at(dp, e) - mean + 2 * zScale * at(lse, n)); });
  }
  return { dlogits, ...linearBackward(dlogits, inp, weight, [0, B * T], { R: B * T, G: 1, I: C, O: E }) };
}
