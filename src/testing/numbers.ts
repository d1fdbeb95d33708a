import { Random } from '../random/random';

/** Seeded normal values, rounded to f32 so that GPU and reference start from the same numbers. */
export function normals(seed: number, size: number, scale = 1): Float64Array {
  const random = new Random(seed);
  return Float64Array.from({ length: size }, () => Math.fround(random.normal() * scale));
}

/** ‖a − b‖ / max(‖b‖, 1e-30): the relative error in norm. NaN anywhere gives NaN, which no bound accepts. */
export function relativeError(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return NaN;
  let difference = 0;
  let norm = 0;
  for (let i = 0; i < b.length; i++) {
    difference += ((a[i] ?? NaN) - (b[i] ?? NaN)) ** 2;
    norm += (b[i] ?? NaN) ** 2;
  }
  return Math.sqrt(difference) / Math.max(Math.sqrt(norm), 1e-30);
}

/**
 * Central differences of a scalar function at `x`, perturbed in place and restored.
 * The error is of order h²: 1e-8 relative at h = 1e-4 for functions of order one.
 */
export function finiteDifferences(f: () => number, x: Float64Array, h = 1e-4): Float64Array {
  return x.map((value, i) => {
    x[i] = value + h;
    const above = f();
    x[i] = value - h;
    const below = f();
    x[i] = value;
    return (above - below) / (2 * h);
  });
}

export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? NaN) * (b[i] ?? NaN);
  return sum;
}
