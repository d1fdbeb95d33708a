import { expect, test } from 'vitest';
import { Refusal } from '../../errors/refusal';
import { multipleChoice } from './choice';

test('MC1 and MC2 of known log-probabilities equal values computed by hand', () => {
  // p = 0.2 and 0.1 for the correct, 0.15 and 0.05 for the incorrect answers: 0.3 of 0.5.
  const ln = (p: number): number => Math.log(p);
  expect(multipleChoice([ln(0.2), ln(0.1)], [ln(0.15), ln(0.05)]).mc1).toBe(1);
  expect(multipleChoice([ln(0.2), ln(0.1)], [ln(0.15), ln(0.05)]).mc2).toBeCloseTo(0.6, 14);
  // The best answer is the first one, not the most probable correct one.
  expect(multipleChoice([ln(0.1), ln(0.2)], [ln(0.15), ln(0.05)]).mc1).toBe(0);
  expect(multipleChoice([ln(0.1), ln(0.2)], [ln(0.15), ln(0.05)]).mc2).toBeCloseTo(0.6, 14);
});

test('equal log-probabilities are no choice of the truth', () => {
  expect(multipleChoice([-2], [-2])).toEqual({ mc1: 0, mc2: 0.5 });
});

test('MC2 of answers whose probability no float64 holds is still a share', () => {
  expect(Math.exp(-2000)).toBe(0);
  expect(multipleChoice([-2000], [-2000 - Math.log(3)]).mc2).toBeCloseTo(3 / 4, 12);
  expect(multipleChoice([-2000], [-10]).mc2).toBe(0);
});

test('a log-probability that is not finite, and a missing side, are refused', () => {
  expect(() => multipleChoice([NaN], [-1])).toThrow(Refusal);
  expect(() => multipleChoice([-1], [-Infinity])).toThrow(/expected a finite number, got -Infinity/);
  expect(() => multipleChoice([-1], [])).toThrow(RangeError);
});
