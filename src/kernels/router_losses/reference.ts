import { add, at } from '../float64';
import { validRows } from '../router/reference';
import { routerStats } from '../router_stats/reference';

export interface RouterLossDims {
  readonly B: number;
  readonly T: number;
  readonly E: number;
}

/** p̄ (B,E): one sequence's router probabilities, mean over its real tokens, then over the layers. probs: L of (N,E). */
export function gateMeanForward(probs: readonly Float64Array[], lengths: ArrayLike<number>, { B, T, E }: RouterLossDims): Float64Array {
  const pbar = new Float64Array(B * E);
  for (const layer of probs) {
    for (const n of validRows(lengths, { B, T })) {
      const b = Math.floor(n / T);
      for (let e = 0; e < E; e++) add(pbar, b * E + e, at(layer, n * E + e) / (at(lengths, b) * probs.length));
    }
  }
  return pbar;
}

/** dprobs_ne = dp̄_be / (T_b·L), the same in every one of the L layers; zero for padding. */
export function gateMeanBackward(
  dpbar: Float64Array, lengths: ArrayLike<number>, { B, T, E, L }: RouterLossDims & { readonly L: number },
): Float64Array {
  const dprobs = new Float64Array(B * T * E);
  for (const n of validRows(lengths, { B, T })) {
    const b = Math.floor(n / T);
    for (let e = 0; e < E; e++) dprobs[n * E + e] = at(dpbar, b * E + e) / (at(lengths, b) * L);
  }
  return dprobs;
}

/**
 * Gate loss of each sequence against the expert y of its dataset, and its gradient with respect to p̄:
 *   nll:        −ln p̄_y                     dp̄ = −onehot(y)/p̄_y
 *   paper-code: −ln softmax(p̄)_y            dp̄ = softmax(p̄) − onehot(y)
 * The second treats probabilities as logits, as the published code does; for 3 experts it stays within [0.551, 1.551].
 * loss (B) and dpbar (B,E) are per sequence: the caller takes the mean over sequences.
 */
export function gateLoss(
  pbar: Float64Array, datasetLabels: ArrayLike<number>, mode: 'nll' | 'paper-code', { B, E }: { readonly B: number; readonly E: number },
) {
  const loss = new Float64Array(B);
  const dpbar = new Float64Array(B * E);
  for (let b = 0; b < B; b++) {
    const y = at(datasetLabels, b);
    const row = pbar.subarray(b * E, (b + 1) * E);
    if (mode === 'nll') {
      loss[b] = -Math.log(at(row, y));
      dpbar[b * E + y] = -1 / at(row, y);
      continue;
    }
    const total = row.reduce((sum, p) => sum + Math.exp(p), 0);
    loss[b] = Math.log(total) - at(row, y);
    row.forEach((p, e) => { dpbar[b * E + e] = Math.exp(p) / total - (e === y ? 1 : 0); });
  }
  return { loss, dpbar };
}

/**
 * Cross-entropy of every real token's probabilities, mean over tokens and layers of its sequence:
 * loss_b = −(1/(T_b·L))·Σ_l Σ_t ln p_y,  dprobs_l,ny = −scale/(p_y·T_b·L). loss (B); dprobs: L of (N,E).
 */
export function tokenGateLoss(
  probs: readonly Float64Array[], datasetLabels: ArrayLike<number>, lengths: ArrayLike<number>, { B, T, E }: RouterLossDims, scale = 1,
) {
  const loss = new Float64Array(B);
  const dprobs = probs.map((layer) => {
    const gradient = new Float64Array(layer.length);
    for (const n of validRows(lengths, { B, T })) {
      const b = Math.floor(n / T);
      const y = n * E + at(datasetLabels, b);
      const weight = 1 / (at(lengths, b) * probs.length);
      add(loss, b, -weight * Math.log(at(layer, y)));
      gradient[y] = (-scale * weight) / at(layer, y);
    }
    return gradient;
  });
  return { loss, dprobs };
}

/**
 * Load balance of one layer over all N_valid real tokens: E·Σ_e f_e·P_e, f_e the share of (token, k) slots that e got (no gradient),
 * P_e its mean probability; 1 when even. dprobs_ne = scale·E·f_e/N_valid.
 * Source: Fedus et al., "Switch Transformers" (arXiv 2101.03961), eq. 4–6; f over the K slots of a token.
 */
export function balanceLoss(
  probs: Float64Array, index: ArrayLike<number>, lengths: ArrayLike<number>,
  { B, T, E, K }: RouterLossDims & { readonly K: number }, scale = 1,
) {
  const { seqProb, seqLoad } = routerStats(probs, index, lengths, { B, T, E, K });
  const rows = validRows(lengths, { B, T });
  const overTokens = (perSequence: Float64Array, e: number): number => {
    let sum = 0;
    for (let b = 0; b < B; b++) sum += (at(perSequence, b * E + e) * at(lengths, b)) / rows.length;
    return sum;
  };
  const dprobs = new Float64Array(probs.length);
  let loss = 0;
  for (let e = 0; e < E; e++) {
    const f = overTokens(seqLoad, e);
    loss += E * f * overTokens(seqProb, e);
    for (const n of rows) dprobs[n * E + e] = (scale * E * f) / rows.length;
  }
  return { loss, dprobs };
}

/**
 * Router z-loss of one layer: the mean of lse² over real tokens; routerBackward takes its gradient as zScale = weight/N_valid.
 * Source: Zoph et al., "ST-MoE" (arXiv 2202.08906), eq. 5.
 */
export function zLoss(lse: Float64Array, lengths: ArrayLike<number>, dims: { readonly B: number; readonly T: number }): number {
  const rows = validRows(lengths, dims);
  return rows.reduce((sum, n) => sum + at(lse, n) ** 2 / rows.length, 0);
}
