import { expect, test } from 'vitest';
import { ablationBars, oneWrongIn, percentSent, rowsOfKinds } from './examined';

test('losses begin at the axis, gains end there, and few points have no bar', () => {
  const { axis, bars } = ablationBars([[-90, 10, 4], [0, -100, -4]]);
  expect(axis).toBeCloseTo(1 / 11, 10);
  expect(bars[0]?.[0]?.left).toBe(axis);
  expect(bars[0]?.[0]?.width).toBeCloseTo(9 / 11, 10);
  expect(bars[0]?.[1]?.left).toBeCloseTo(0, 10);
  expect(bars[0]?.[1]?.width).toBeCloseTo(axis, 10);
  for (const bar of [bars[0]?.[2], bars[1]?.[0], bars[1]?.[2]]) expect(bar).toEqual({ left: axis, width: 0 });
});

test('without gains the axis is the left edge, and 100 points are the whole track', () => {
  const { axis, bars } = ablationBars([[-100, 3, -3]]);
  expect(axis).toBe(0);
  expect(bars[0]?.[0]?.width).toBeCloseTo(1, 10);
});

test('prompts of a kind that has none were sent to nobody', () => {
  expect(percentSent({ experts: [], rows: 4, accuracy: 0, confusion: [[3, 1], [0, 0]], probabilities: [], slots: [] })).toEqual([[75, 25], [0, 0]]);
});

test('one in how many was mistaken, and how many there were of each kind', () => {
  expect(oneWrongIn({ rows: 580, accuracy: 0.9 })).toBe(10);
  expect(oneWrongIn({ rows: 580, accuracy: 1 })).toBeUndefined();
  expect(rowsOfKinds({ confusion: [[3, 1, 0], [0, 2, 0], [0, 0, 0]] })).toEqual([4, 2, 0]);
});
