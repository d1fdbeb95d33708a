import { expect, test } from 'vitest';
import { done, interventionOf, isNeutral, NEUTRAL, NO_HISTORY, redone, toggleForced, toggleMuted, undone } from './steps';

test('muting the last expert that speaks is not possible, and forcing one mutes the others', () => {
  const two = toggleMuted(toggleMuted(NEUTRAL, 'helpful'), 'honest');
  expect(two.muted).toEqual(['helpful', 'honest']);
  expect(toggleMuted(two, 'harmless')).toBe(two);
  const forced = toggleForced(two, 'honest');
  expect(interventionOf(forced)).toMatchObject({ muted: ['helpful', 'harmless'], temperature: 1 });
  expect(isNeutral(toggleForced(forced, 'honest'))).toBe(true);
});

test('a layer alone changes nothing; a bias, a temperature or a top-k does', () => {
  expect(isNeutral({ ...NEUTRAL, layer: 2 })).toBe(true);
  expect(isNeutral({ ...NEUTRAL, temperature: 2 })).toBe(false);
  expect(isNeutral({ ...NEUTRAL, topK: 1 })).toBe(false);
  expect(isNeutral({ ...NEUTRAL, bias: { ...NEUTRAL.bias, honest: -1 } })).toBe(false);
  expect(interventionOf({ ...NEUTRAL, layer: 2, topK: 1 })).toEqual({ muted: [], bias: NEUTRAL.bias, temperature: 1, topK: 1, layers: [1] });
});

test('what is undone can be done again, until something else is done', () => {
  const first = { ...NEUTRAL, temperature: 2 };
  const second = { ...NEUTRAL, temperature: 3 };
  const both = done(done(NO_HISTORY, first), second);
  expect(undone(both).now).toBe(first);
  expect(redone(undone(both)).now).toBe(second);
  expect(undone(undone(undone(both))).now).toBe(NEUTRAL);
  expect(done(undone(both), NEUTRAL).future).toEqual([]);
  expect(redone(NO_HISTORY)).toEqual(NO_HISTORY);
});
