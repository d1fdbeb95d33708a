import { expect, test } from 'vitest';
import { EMPTY_LESSON, holdOf, LESSON_PARTS, withHold } from './lesson';

test('a part is free, locked or hidden, one at a time', () => {
  const locked = withHold(EMPTY_LESSON, 'recipe', 'locked');
  expect(LESSON_PARTS.filter((part) => holdOf(locked, part) !== 'free')).toEqual(['recipe']);
  const hidden = withHold(locked, 'recipe', 'hidden');
  expect([holdOf(locked, 'recipe'), holdOf(hidden, 'recipe'), hidden.locked]).toEqual(['locked', 'hidden', []]);
  expect(withHold(hidden, 'recipe', 'free')).toEqual(EMPTY_LESSON);
});

test('without a lesson everything is free', () => {
  expect(holdOf(undefined, 'run')).toBe('free');
});
