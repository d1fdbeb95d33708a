import { expect, test } from 'vitest';
import { endedTicksWithin, extremes, fraction, logScale, niceScale, placeOn, pushApart, stepTicks, stepTicksWithin } from './scale';

test('ticks are round and cover the data', () => {
  expect(niceScale(1.2, 3.4).ticks).toEqual([0, 2, 4]);
  expect(niceScale(0.05, 1.09).ticks).toEqual([0, 0.5, 1, 1.5]);
  expect(niceScale(2.9, 3.1)).toMatchObject({ min: 2.9, max: 3.1 });
});

test('an axis without data, or with one value, still has a height', () => {
  expect(niceScale(Number.NaN, Number.NaN)).toMatchObject({ min: 0, max: 1 });
  expect(niceScale(0, 0)).toMatchObject({ min: 0, max: 1 });
  const flat = niceScale(3, 3);
  expect(flat.max).toBeGreaterThan(flat.min);
});

test.each([1, 3, 7, 20, 220, 400, 12_000])('the step axis of %i steps has at most six ticks from 0', (total) => {
  const ticks = stepTicks(total);
  expect(ticks[0]).toBe(0);
  expect(ticks.length).toBeGreaterThan(1);
  expect(ticks.length).toBeLessThanOrEqual(6);
  expect(Math.max(...ticks)).toBeLessThanOrEqual(total);
});

test('extremes pass over values that are not finite', () => {
  expect(extremes([[1, Number.NaN, -2], [Infinity, 5, 0]], 3)).toEqual([-2, 5]);
});

test('a value outside the axis is held at its edge', () => {
  expect(fraction({ min: 0, max: 2, ticks: [] }, 3)).toBe(1);
});

test('labels keep their order and their distance, and stay inside', () => {
  expect(pushApart([50, 48, 20], 15, 60)).toEqual([60, 45, 20]);
  expect(pushApart([0, 0, 0], 15, 60)).toEqual([0, 15, 30]);
});

test('a logarithmic axis has round ends, few ticks, and equal ratios at equal distances', () => {
  expect(logScale(0.3, 2.7)).toEqual({ min: 0.2, max: 5, ticks: [0.2, 1, 5], log: true });
  expect(logScale(0.0003, 40).ticks).toEqual([0.001, 0.1, 10]);
  const axis = logScale(1, 100);
  expect(axis).toMatchObject({ min: 1, max: 100 });
  expect(placeOn(axis, 10)).toBeCloseTo(0.5, 12);
  expect(placeOn(axis, 0)).toBeNaN();
  expect(fraction(axis, 0)).toBe(0);
});

test('a logarithmic axis of one value, or of none, has a height', () => {
  const flat = logScale(2, 2);
  expect(flat.max).toBeGreaterThan(flat.min);
  expect(logScale(Number.NaN, Number.NaN)).toMatchObject({ min: 1, max: 10 });
});

test('ticks of a part of the axis are round steps within it', () => {
  expect(stepTicksWithin(0, 400)).toEqual(stepTicks(400));
  expect(stepTicksWithin(130, 230)).toEqual([150, 175, 200, 225]);
  expect(stepTicksWithin(10, 14)).toEqual([10, 11, 12, 13, 14]);
});

test.each([[0, 360, [0, 100, 200, 300, 360]], [0, 200, [0, 50, 100, 150, 200]], [0, 220, [0, 100, 220]], [130, 230, [150, 175, 200, 230]], [0, 1, [0, 1]]] as const)(
  'the axis from %i to %i says its last step, and nothing right beside it', (from, to, ticks) => { expect(endedTicksWithin(from, to)).toEqual(ticks); },
);
