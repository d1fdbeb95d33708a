import { expect, test } from 'vitest';
import { normals } from '../testing/numbers';
import { divergence } from './divergence';

const ln = (probabilities: readonly number[]): number[] => probabilities.map(Math.log);

test('of two coins it is the textbook sum, in nats, and not symmetric', () => {
  const want = (p: number, q: number): number => p * Math.log(p / q) + (1 - p) * Math.log((1 - p) / (1 - q));
  expect(divergence(ln([0.5, 0.5]), ln([0.9, 0.1]))).toBeCloseTo(want(0.5, 0.9), 14);
  expect(divergence(ln([0.9, 0.1]), ln([0.5, 0.5]))).toBeCloseTo(want(0.9, 0.5), 14);
});

test('is 0 for the same distribution, exactly for the same logits, and above 0 for any other', () => {
  const logits = normals(1, 37, 4);
  expect(divergence(logits, logits)).toBe(0);
  expect(divergence(logits, logits.map((value) => value + 1000))).toBeCloseTo(0, 10);
  expect(divergence(logits, normals(2, 37, 4))).toBeGreaterThan(0.1);
});

test('holds logits far apart, and passes on what is not a number', () => {
  expect(divergence([0, 900], [900, 0])).toBeCloseTo(900, 9);
  expect(divergence([0, NaN], [0, 1])).toBeNaN();
  expect(() => divergence([0], [0, 1])).toThrow(RangeError);
});
