import { expect, test } from 'vitest';
import { decimate } from './decimate';

test('few rows are all kept', () => {
  expect([...decimate([[3, 1, 2]], 3, 800)]).toEqual([0, 1, 2]);
});

test('10 000 rows of three series come to at most 800, ascending, first and last among them', () => {
  const series = [0, 1, 2].map((s) => Float32Array.from({ length: 10_007 }, (_, i) => Math.sin(i * (s + 1))));
  const kept = [...decimate(series, 10_007, 800)];
  expect(kept.length).toBeLessThanOrEqual(800);
  expect(kept).toEqual([...kept].sort((a, b) => a - b));
  expect([kept[0], kept.at(-1)]).toEqual([0, 10_006]);
});

test('a single spike survives, in whichever series it is', () => {
  const flat = new Float32Array(5000);
  const spiked = new Float32Array(5000);
  spiked[1234] = 9;
  spiked[4321] = -9;
  const kept = [...decimate([flat, spiked], 5000, 100)];
  expect(kept).toContain(1234);
  expect(kept).toContain(4321);
});

test('NaN is never an extreme', () => {
  const values = Float32Array.from({ length: 1000 }, (_, i) => (i === 500 ? Number.NaN : 1));
  expect([...decimate([values], 1000, 10)]).not.toContain(500);
});
