/**
 * Float64 reference over all gradients: norm = √Σ g², before clipping;
 * scale = min(1, maxNorm/norm), by which the step multiplies them (1 without maxNorm); finite: no infinity or NaN among them.
 */
export function gradientNorm(gradients: readonly Float64Array[], maxNorm = Infinity) {
  let sum = 0;
  for (const gradient of gradients) {
    for (const g of gradient) sum += g * g;
  }
  const norm = Math.sqrt(sum);
  return { norm, scale: norm > maxNorm ? maxNorm / norm : 1, finite: gradients.every((gradient) => gradient.every(Number.isFinite)) };
}
