import { expect, test } from 'vitest';
import { Pace } from './pace';

test('what is left goes by the rate so far, once there is a second of it', () => {
  const pace = new Pace();
  expect(pace.left('models', 0, 5, 0)).toBeUndefined();
  expect(pace.left('models', 1, 5, 900)).toBeUndefined();
  expect(pace.left('models', 2, 5, 2000)).toBe(3);
  expect(pace.left('models', 5, 5, 5000)).toBe(0);
});

test('of a small share of the work nothing is said, however long it took', () => {
  const pace = new Pace();
  pace.left('models', 0, 10, 0);
  expect(pace.left('models', 0.2, 10, 60_000)).toBeUndefined();
  expect(pace.left('models', 2.5, 10, 10_000)).toBe(30);
});

test('another thing, or the same begun anew, is timed from its own start', () => {
  const pace = new Pace();
  pace.left('models', 4, 5, 0);
  expect(pace.left('data', 0, 3, 5000)).toBeUndefined();
  expect(pace.left('data', 1, 3, 7000)).toBe(4);
  expect(pace.left('data', 0, 3, 8000)).toBeUndefined();
  expect(pace.left('data', 1, 3, 10_000)).toBe(4);
});
