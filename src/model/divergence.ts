/**
 * KL(softmax(a) ‖ softmax(b)) = Σ_i p_i·(ln p_i − ln q_i) in nats, in float64: what it costs to take one distribution over the next
 * token for the other. Exactly 0 for equal logits.
 */
export function divergence(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new RangeError(`divergence: ${a.length} logits against ${b.length}`);
  const lnP = logSoftmax(a);
  const lnQ = logSoftmax(b);
  const sum = lnP.reduce((total, ln, i) => total + Math.exp(ln) * (ln - (lnQ[i] ?? NaN)), 0);
  // What rounding leaves of 0 may be below it.
  return sum < 0 ? 0 : sum;
}

/** ln softmax in float64, shifted by the largest logit: exp overflows above 709. */
export function logSoftmax(logits: ArrayLike<number>): Float64Array {
  const values = Float64Array.from(logits);
  const largest = values.reduce((most, value) => Math.max(most, value), -Infinity);
  const total = largest + Math.log(values.reduce((sum, value) => sum + Math.exp(value - largest), 0));
  return values.map((value) => value - total);
}
