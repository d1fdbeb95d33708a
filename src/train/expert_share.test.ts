import { expect, test } from 'vitest';
import { expertShare } from './expert_share';

test('layers and datasets count the same, and one that a step did not hold is left out', () => {
  const gone = [NaN, NaN, NaN];
  expect(expertShare([[[0.5, 0.5, 0], gone], [[0.5, 0, 0.5], gone]])).toEqual([0.5, 0.25, 0.25]);
  expect(expertShare([[[1, 0, 0], [0, 1, 0]]])).toEqual([0.5, 0.5, 0]);
});

test('without any report there is no share', () => {
  expect(expertShare([[[NaN, NaN]]])).toEqual([NaN, NaN]);
  expect(expertShare([])).toEqual([]);
});
