import { Random } from '../../random/random';

/** A value with its 95 % interval. */
export interface Score {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** A value that follows from the means of one or more groups of rows. */
export interface Statistic {
  /** One number a row, by group; no group is empty. */
  readonly strata: readonly (readonly number[])[];
  readonly of: (means: readonly number[]) => number;
}

export const RESAMPLES = 1000;
const TAIL = 0.025;

/**
 * The statistic with its percentile bootstrap interval of 95 % (Efron, "Bootstrap methods: another look at the jackknife",
 * 1979): 1000 times, rows are drawn with replacement within each group, so that a group keeps its size; the interval lies
 * between the 2.5 % and 97.5 % quantiles of the resampled values. Equal rows and seed give equal bits.
 */
export function bootstrap({ strata, of }: Statistic, seed: number, resamples = RESAMPLES): Score {
  const random = new Random(seed);
  const drawn = Float64Array.from({ length: resamples }, () => of(strata.map((rows) => resampledMean(rows, random))));
  drawn.sort();
  return { value: of(strata.map(mean)), low: quantile(drawn, TAIL), high: quantile(drawn, 1 - TAIL) };
}

/** The mean of several statistics, their rows resampled apart. */
export function meanStatistic(statistics: readonly Statistic[]): Statistic {
  return {
    strata: statistics.flatMap(({ strata }) => strata),
    of: (means) => {
      let start = 0;
      const values = statistics.map(({ strata, of }) => of(means.slice(start, (start += strata.length))));
      return mean(values);
    },
  };
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The q-quantile of sorted values, with straight lines between them (type 7 of Hyndman & Fan, 1996). */
export function quantile(sorted: Float64Array, q: number): number {
  const at = q * (sorted.length - 1);
  const below = Math.floor(at);
  const left = sorted[below] ?? NaN;
  return left + (at - below) * ((sorted[Math.min(below + 1, sorted.length - 1)] ?? NaN) - left);
}

function resampledMean(rows: readonly number[], random: Random): number {
  let sum = 0;
  for (const _ of rows) sum += rows[random.below(rows.length)] ?? NaN;
  return sum / rows.length;
}
