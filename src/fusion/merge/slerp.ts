/** From this cosine on two directions count as parallel or opposite, and the line between them is taken; 0.9995 is customary. */
const PARALLEL = 0.9995;
/** Radians; far below what rounding of f32 shows. */
const CONVERGED = 1e-12;
/** Directions of up to 80° to their mean need about 100. */
const MOST_STEPS = 1000;

/**
 * Coefficients c_i with which Σ_i c_i·τ_i is the weighted spherical mean of one tensor's task vectors. For two models with weights 1 − t and t
 * they are Shoemake's (1985): sin((1−t)Ω)/sin Ω and sin(tΩ)/sin Ω, Ω the angle between τ_1 and τ_2. For more, the point
 * u = Σ_i c_i·u_i of the unit sphere, u_i = τ_i/‖τ_i‖, is taken at which Σ_i w_i·log_u(u_i) = 0 (Buss & Fillmore 2001): no order of the
 * models enters. As is usual for slerp of weights, the coefficients then multiply the τ_i and not the u_i: lengths are interpolated too.
 * The weights themselves are taken, which is lerp, where all are nearly parallel, and where directions have no such mean:
 * a τ_i is 0, two are opposite, several cancel.
 * `weights` sum to 1. Everything lies in the span of the τ_i, so that their E × E cosines suffice.
 */
export function slerpCoefficients(taus: readonly Float64Array[], weights: readonly number[]): readonly number[] {
  const lengths = taus.map((tau) => Math.sqrt(dot(tau, tau)));
  if (lengths.some((length) => length === 0)) return weights;
  const cosines = taus.map((a, i) => taus.map((b, j) => (i === j ? 1 : dot(a, b) / ((lengths[i] ?? NaN) * (lengths[j] ?? NaN)))));
  const apart = cosines.flatMap((row, i) => row.slice(0, i));
  if (apart.every((cosine) => cosine > PARALLEL) || apart.some((cosine) => cosine < -PARALLEL)) return weights;
  return sphericalMean(cosines, weights) ?? weights;
}

/** The mean in coefficients of the u_i, given ⟨u_i, u_j⟩; undefined where directions cancel, or lie too far apart for the steps to settle. */
function sphericalMean(cosines: readonly (readonly number[])[], weights: readonly number[]): readonly number[] | undefined {
  let mean = scaled(weights, cosines);
  for (let step = 0; mean !== undefined && step < MOST_STEPS; step++) {
    const at = mean;
    const near = cosines.map((row) => Math.min(sumOf(row, at), 1));
    // Opposite to the mean, a direction has no logarithm.
    if (near.some((cosine) => cosine < -PARALLEL)) return undefined;
    const angles = near.map(Math.acos);
    // v = Σ_i w_i·log_u(u_i), with log_u(u_i) = θ_i/sin θ_i · (u_i − cos θ_i·u).
    const pulls = angles.map((angle, i) => (weights[i] ?? 0) * (angle === 0 ? 1 : angle / Math.sin(angle)));
    const back = angles.reduce((sum, angle, i) => sum + (pulls[i] ?? 0) * Math.cos(angle), 0);
    const tangent = pulls.map((pull, i) => pull - back * (at[i] ?? 0));
    const length = norm(tangent, cosines);
    if (length < CONVERGED) return mean;
    // exp_u(v) = cos ‖v‖·u + sin ‖v‖·v/‖v‖, brought back to length 1 against drift.
    mean = scaled(at.map((a, i) => Math.cos(length) * a + (Math.sin(length) / length) * (tangent[i] ?? 0)), cosines);
  }
  return undefined;
}

function scaled(coefficients: readonly number[], cosines: readonly (readonly number[])[]): readonly number[] | undefined {
  const length = norm(coefficients, cosines);
  return length < 1e-6 ? undefined : coefficients.map((c) => c / length);
}

/** ‖Σ_i c_i·u_i‖ */
function norm(coefficients: readonly number[], cosines: readonly (readonly number[])[]): number {
  const square = coefficients.reduce((sum, c, i) => sum + c * sumOf(cosines[i] ?? [], coefficients), 0);
  return Math.sqrt(Math.max(square, 0));
}

const sumOf = (row: readonly number[], coefficients: readonly number[]): number =>
  row.reduce((sum, value, i) => sum + value * (coefficients[i] ?? 0), 0);

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? NaN) * (b[i] ?? NaN);
  return sum;
}
