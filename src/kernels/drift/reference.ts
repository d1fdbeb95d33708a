import { at } from '../float64';
import { matmulReference } from '../linear/reference';

/** Drift of one full weight: ‖W − W⁰‖², and its gradient 2·scale·(W − W⁰). */
export function fullDrift(weight: Float64Array, start: Float64Array, scale = 1) {
  const change = weight.map((w, i) => w - at(start, i));
  return { drift: sumOfSquares(change), dweight: change.map((w) => 2 * scale * w) };
}

/**
 * Drift of one weight that moves by an adapter, W − W⁰ = s·B·A with A (r,I) and B (O,r): ‖s·B·A‖²;
 * dA = 2·scale·s²·Bᵀ(BA),  dB = 2·scale·s²·(BA)Aᵀ.
 */
export function loraDrift(
  loraA: Float64Array, loraB: Float64Array,
  { I, O, rank, adapterScale }: { readonly I: number; readonly O: number; readonly rank: number; readonly adapterScale: number }, scale = 1,
) {
  const change = matmulReference('ab', loraB, loraA, [0, O], { R: O, G: 1, M: 0, N: I, K: rank }, adapterScale); // (O,I)
  const factor = 2 * scale * adapterScale;
  return {
    drift: sumOfSquares(change),
    dloraA: matmulReference('atb', loraB, change, [0, O], { R: O, G: 1, M: rank, N: I, K: 0 }, factor),
    dloraB: matmulReference('abt', change, loraA, [0, O], { R: O, G: 1, M: 0, N: rank, K: I }, factor),
  };
}

function sumOfSquares(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}
