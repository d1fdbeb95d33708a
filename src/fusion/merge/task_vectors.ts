/** τ = θ − θ_base of one tensor, in float64: the difference of two f32 is then exact but for the farthest apart. */
export function taskVector(model: Float32Array, base: Float32Array): Float64Array {
  return Float64Array.from(model, (value, i) => value - (base[i] ?? NaN));
}

/** θ_base + delta, rounded to f32 once. Where delta is 0 the base keeps its bits, those of −0 too. */
export function addTo(base: Float32Array, delta: Float64Array): Float32Array {
  return base.map((value, i) => {
    const change = delta[i] ?? NaN;
    return change === 0 ? value : value + change;
  });
}

/** Σ_i c_i·τ_i over the models, in their order. */
export function weightedSum(taus: readonly Float64Array[], coefficients: readonly number[]): Float64Array {
  const sum = new Float64Array(taus[0]?.length ?? 0);
  taus.forEach((tau, i) => {
    const coefficient = coefficients[i] ?? 0;
    for (let j = 0; j < sum.length; j++) sum[j] = (sum[j] ?? 0) + coefficient * (tau[j] ?? NaN);
  });
  return sum;
}
