import { expect, test } from 'vitest';
import { bootstrap, meanStatistic, quantile, type Statistic } from './bootstrap';

const meanOf = (rows: readonly number[]): Statistic => ({ strata: [rows], of: ([m = NaN]) => m });
const coin = (ones: number, rows: number): number[] => Array.from({ length: rows }, (_, i) => (i < ones ? 1 : 0));

test('quantiles lie on straight lines between sorted values', () => {
  const sorted = Float64Array.of(1, 2, 4, 8);
  expect([0, 0.5, 1 / 3, 0.9, 1].map((q) => quantile(sorted, q))).toEqual([1, 3, 2, 4 + 0.7 * 4, 8].map((v) => expect.closeTo(v, 12) as number));
});

test('the interval of a rate has the width that the binomial distribution gives', () => {
  // 60 of 200: 1.96·sqrt(0.3·0.7/200) = 0.0635 to either side; 1000 resamples know a quantile to about 0.005.
  const { value, low, high } = bootstrap(meanOf(coin(60, 200)), 1);
  expect(value).toBe(0.3);
  expect(Math.abs(low - (0.3 - 0.0635))).toBeLessThan(0.012);
  expect(Math.abs(high - (0.3 + 0.0635))).toBeLessThan(0.012);
});

test('equal rows have an interval of no width, as has a single row', () => {
  expect(bootstrap(meanOf([0.4, 0.4, 0.4]), 3)).toEqual({ value: expect.closeTo(0.4, 12) as number, low: expect.closeTo(0.4, 12) as number, high: expect.closeTo(0.4, 12) as number });
  expect(bootstrap(meanOf([1]), 3)).toEqual({ value: 1, low: 1, high: 1 });
});

test('a seed gives one interval, and another seed nearly the same', () => {
  const rows = coin(60, 200);
  expect(bootstrap(meanOf(rows), 7)).toEqual(bootstrap(meanOf(rows), 7));
  expect(bootstrap(meanOf(rows), 7)).not.toEqual(bootstrap(meanOf(rows), 8));
  expect(Math.abs(bootstrap(meanOf(rows), 7).low - bootstrap(meanOf(rows), 8).low)).toBeLessThan(0.015);
});

test('groups keep their size when resampled: a difference of constants never varies', () => {
  const statistic: Statistic = { strata: [[1, 1, 1], [0]], of: ([a = NaN, b = NaN]) => a - b };
  expect(bootstrap(statistic, 1)).toEqual({ value: 1, low: 1, high: 1 });
});

test('the mean of statistics takes each from its own groups', () => {
  const difference: Statistic = { strata: [[1, 0], [0, 0, 0]], of: ([a = NaN, b = NaN]) => a - b };
  const both = meanStatistic([meanOf([0.2, 0.4]), difference]);
  expect(both.strata).toHaveLength(3);
  expect(bootstrap(both, 1).value).toBeCloseTo((0.3 + 0.5) / 2, 14);
});
