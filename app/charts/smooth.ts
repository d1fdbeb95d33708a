import { extremes, niceScale } from './scale';

/**
 * Exponential moving average with the start's bias taken out; what is not finite leaves it unchanged.
 * @param weight share of the past, in [0, 1)
 */
export function smooth(values: ArrayLike<number>, count: number, weight: number): Float32Array {
  const out = new Float32Array(count);
  let mean = 0;
  let mass = 0;
  for (let i = 0; i < count; i++) {
    const value = values[i] ?? Number.NaN;
    if (Number.isFinite(value)) {
      mean = weight * mean + (1 - weight) * value;
      mass = weight * mass + (1 - weight);
    }
    out[i] = mass > 0 ? mean / mass : Number.NaN;
  }
  return out;
}

export type Trend = 'falling' | 'level' | 'rising';

/** A change that nobody would call one, as a share of the value. */
const LITTLE = 0.01;
/** What nobody would see, as a share of the axis. */
const UNSEEN = 0.02;

/**
 * Where a curve is going: the mean of its last fifth against the fifth before, judged by how much the values scatter there
 * and by the axis of all of them: over a line that lies flat no fall is claimed.
 * @returns undefined while fewer than 20 values are known, or where scatter or axis leave it open
 */
export function trend(values: ArrayLike<number>, count: number): Trend | undefined {
  if (count < 20) return undefined;
  const window = Math.floor(count / 5);
  const [late, lateSpread] = moments(values, count - window, count);
  const [early, earlySpread] = moments(values, count - 2 * window, count - window);
  // Two standard errors of the difference.
  const doubt = 2 * Math.sqrt((lateSpread + earlySpread) / window);
  const little = LITTLE * Math.abs(early);
  const change = late - early;
  const { min, max } = niceScale(...extremes([values], count));
  const least = Math.max(doubt, little, UNSEEN * (max - min));
  if (change < -least) return 'falling';
  if (change > least) return 'rising';
  return Math.abs(change) + doubt <= 2 * little ? 'level' : undefined;
}

/** Mean and variance of values[from…to). */
function moments(values: ArrayLike<number>, from: number, to: number): readonly [mean: number, variance: number] {
  let sum = 0;
  let squares = 0;
  for (let i = from; i < to; i++) {
    const value = values[i] ?? Number.NaN;
    sum += value;
    squares += value * value;
  }
  const mean = sum / (to - from);
  return [mean, Math.max(0, squares / (to - from) - mean * mean)];
}
