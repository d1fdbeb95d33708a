import { expect, test } from 'vitest';
import { between, contains, moved, place, stepAt, windowOf, zoomedIn, zoomedOut } from './step_window';

test('a step keeps its place where it is zoomed in and out again', () => {
  const all = windowOf(400, undefined);
  expect(all).toEqual({ from: 0, to: 400 });
  const half = zoomedIn(400, all, 100);
  expect(half).toEqual({ from: 50, to: 250 });
  expect(place(half ?? all, 100)).toBe(0.25);
  expect(zoomedOut(400, half ?? all, 100)).toBeUndefined();
  expect(stepAt({ from: 50, to: 250 }, 0.25)).toBe(100);
});

test('a window stays on the axis, and wide enough to be looked at', () => {
  expect(windowOf(400, { from: -20, to: 80 })).toEqual({ from: 0, to: 100 });
  expect(windowOf(400, { from: 390, to: 450 })).toEqual({ from: 340, to: 400 });
  expect(windowOf(400, { from: 10, to: 11 })).toEqual({ from: 10, to: 14 });
  expect(windowOf(3, { from: 1, to: 2 })).toEqual({ from: 0, to: 3 });
  expect(zoomedIn(400, { from: 10, to: 14 }, 12)).toEqual({ from: 11, to: 15 });
});

test('half a window to either side, and no further than the ends', () => {
  expect(moved(400, { from: 100, to: 200 }, 1)).toEqual({ from: 150, to: 250 });
  expect(moved(400, { from: 20, to: 120 }, -1)).toEqual({ from: 0, to: 100 });
  expect(moved(400, { from: 0, to: 400 }, 1)).toBeUndefined();
});

test('what is dragged over is shown, in either direction; a press is no drag', () => {
  expect(between(400, 120.6, 80.2)).toEqual({ from: 80, to: 121 });
  expect(between(400, 100, 101)).toBeUndefined();
  expect(contains({ from: 80, to: 121 }, 121)).toBe(true);
});
