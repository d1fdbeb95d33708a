import { expect, test } from 'vitest';
import { secondsLeft } from './time_left';

test('the time left goes on as the work went, and is not told too early', () => {
  expect(secondsLeft(10, 0.25)).toBe(30);
  expect(secondsLeft(10, 1)).toBe(0);
  expect(secondsLeft(1, 0.5)).toBeUndefined();
  expect(secondsLeft(10, 0.01)).toBeUndefined();
  expect(secondsLeft(10, NaN)).toBeUndefined();
});
