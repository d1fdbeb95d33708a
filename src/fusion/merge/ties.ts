/**
 * The magnitude from which entries of a task vector stay: of d entries in all its tensors the ⌊density·d⌉ largest. The vector is
 * taken whole and not tensor by tensor (Yadav et al., arXiv 2306.01708, algorithm 1: keep_topk on τ_t). Entries equal to the
 * threshold all stay, as in the published code: which of them comes first must not decide.
 */
export function trimThreshold(tensors: readonly Float64Array[], density: number): number {
  const magnitudes = new Float64Array(tensors.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const tensor of tensors) {
    for (const value of tensor) magnitudes[at++] = Math.abs(value);
  }
  const kept = Math.round(density * magnitudes.length);
  return kept === 0 ? Infinity : (magnitudes.sort()[magnitudes.length - kept] ?? Infinity);
}

/**
 * One tensor of scale·τ_m: trim τ_i to |τ_i| ≥ threshold_i; elect the sign γ = sgn(Σ_i τ̂_i), that of the larger total mass; average
 * the τ̂_i of that sign, and only those (Yadav et al., algorithm 1). Where both masses are equal, γ = sgn(0) = 0, as the paper
 * writes it, and the base stays; the published code takes the sign of the vector's majority there.
 */
export function ties(taus: readonly Float64Array[], thresholds: readonly number[], scale: number): Float64Array {
  const merged = new Float64Array(taus[0]?.length ?? 0);
  const trimmed = new Float64Array(taus.length);
  for (let j = 0; j < merged.length; j++) {
    let mass = 0;
    taus.forEach((tau, i) => {
      const value = tau[j] ?? NaN;
      trimmed[i] = Math.abs(value) >= (thresholds[i] ?? Infinity) ? value : 0;
      mass += trimmed[i] ?? 0;
    });
    const sign = Math.sign(mass);
    let sum = 0;
    let count = 0;
    for (const value of trimmed) {
      if (sign === 0 || Math.sign(value) !== sign) continue;
      sum += value;
      count += 1;
    }
    merged[j] = count === 0 ? 0 : (scale * sum) / count;
  }
  return merged;
}
