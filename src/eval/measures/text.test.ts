import { expect, test } from 'vitest';
import { exactMatch, normalise, rougeL, words } from './text';

test('exact match ignores case, outer and repeated space, and one full stop at the end', () => {
  expect(normalise('  The  Cat\n sat. ')).toBe('the cat sat');
  expect(exactMatch('Red apple', ' red  apple.')).toBe(true);
  expect(exactMatch('red apple..', 'red apple')).toBe(false);
  expect(exactMatch('red, apple', 'red apple')).toBe(false);
  expect(exactMatch('red apple', 'apple red')).toBe(false);
  expect(exactMatch('', '.')).toBe(true);
});

test('words are runs of letters and digits of any script', () => {
  expect(words('It’s 3 o\'clock – Grüße, мир!')).toEqual(['it', 's', '3', 'o', 'clock', 'grüße', 'мир']);
});

test('ROUGE-L is twice the longest common subsequence over both lengths', () => {
  // Lin's own example: "police killed the gunman" against "police kill the gunman" (3 of 4) and "the gunman kill police" (2 of 4).
  expect(rougeL('police kill the gunman', 'police killed the gunman')).toBe(3 / 4);
  expect(rougeL('the gunman kill police', 'police killed the gunman')).toBe(2 / 4);
  // LCS "a c e" of 5 and 4 words.
  expect(rougeL('a b c d e', 'a c x e')).toBeCloseTo(6 / 9, 15);
  expect(rougeL('Same words.', 'same  words')).toBe(1);
});

test('ROUGE-L of no words is 0', () => {
  expect(rougeL('', 'a')).toBe(0);
  expect(rougeL('a', '...')).toBe(0);
  expect(rougeL('', '')).toBe(0);
});
