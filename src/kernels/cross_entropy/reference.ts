import { at } from '../float64';

/** A target that takes no part in the loss, as in HF. */
export const MASKED = -100;

/**
 * Float64 reference: logits (N,V), targets (N) -> loss_n = ln Σ_v exp(logits_nv) − logits_n,target  (N), not reduced;
 * dlogits_nv = scale·(softmax(logits_n)_v − [v = target]) (N,V). Rows whose target is −100 give zeros.
 */
export function crossEntropy(
  logits: Float64Array, targets: ArrayLike<number>, { N, V }: { readonly N: number; readonly V: number }, scale = 1,
) {
  const loss = new Float64Array(N);
  const dlogits = new Float64Array(N * V);
  for (let n = 0; n < N; n++) {
    const target = at(targets, n);
    if (target === MASKED) continue;
    const row = logits.subarray(n * V, (n + 1) * V);
    const max = row.reduce((a, b) => Math.max(a, b));
    const lse = max + Math.log(row.reduce((sum, logit) => sum + Math.exp(logit - max), 0));
    loss[n] = lse - at(row, target);
    row.forEach((logit, v) => { dlogits[n * V + v] = scale * (Math.exp(logit - lse) - (v === target ? 1 : 0)); });
  }
  return { loss, dlogits };
}
