import { add, at } from '../float64';

export interface RouterStatsDims {
  readonly B: number;
  readonly T: number;
  readonly E: number;
  readonly K: number;
}

/**
 * What one layer's router did, per sequence, over its real tokens (t < lengths[b]); a sequence without tokens gives zeros.
 *   seqProb (B,E) mean probability;  seqLoad (B,E) share of the (token, k) slots, summing to 1;
 *   seqEntropy (B) mean of −Σ_e p·ln p, in nats.
 */
export function routerStats(probs: Float64Array, index: ArrayLike<number>, lengths: ArrayLike<number>, { B, T, E, K }: RouterStatsDims) {
  const seqProb = new Float64Array(B * E);
  const seqLoad = new Float64Array(B * E);
  const seqEntropy = new Float64Array(B);
  for (let b = 0; b < B; b++) {
    const length = at(lengths, b);
    for (let n = b * T; n < b * T + length; n++) {
      for (let e = 0; e < E; e++) {
        const p = at(probs, n * E + e);
        add(seqProb, b * E + e, p / length);
        if (p > 0) add(seqEntropy, b, (-p * Math.log(p)) / length);
      }
      for (let k = 0; k < K; k++) add(seqLoad, b * E + at(index, n * K + k), 1 / (length * K));
    }
  }
  return { seqProb, seqLoad, seqEntropy };
}
