import { expect, test } from 'vitest';
import { smooth, trend } from './smooth';

test('a constant stays itself from the first value on', () => {
  for (const value of smooth([2, 2, 2], 3, 0.9)) expect(value).toBeCloseTo(2, 6);
});

test('NaN does not spread', () => {
  expect([...smooth([1, Number.NaN, 1], 3, 0.5)]).toEqual([1, 1, 1]);
});

const noisy = (slope: number): number[] => Array.from({ length: 100 }, (_, i) => 3 + slope * i + 0.02 * Math.sin(i * 12.9898));

test.each([[-0.01, 'falling'], [0.01, 'rising'], [0, 'level']] as const)('slope %f is %s', (slope, name) => {
  expect(trend(noisy(slope), 100)).toBe(name);
});

test('where the scatter leaves it open, nothing is claimed', () => {
  const wild = Array.from({ length: 40 }, (_, i) => 3 + (i % 2));
  expect(trend(wild, 40)).toBeUndefined();
});

test('few values have no trend', () => {
  expect(trend(noisy(-1), 19)).toBeUndefined();
});

test('a change too small for the axis is no trend, though the values hardly scatter', () => {
  const flat = Array.from({ length: 100 }, (_, i) => 0.006 - 0.00002 * i);
  expect(trend(flat, 100)).toBe('falling');
  expect(trend([0.06, ...flat.slice(1)], 100)).toBeUndefined();
});
