import { expect, test } from 'vitest';
import { words } from './words';

const shown = (...texts: string[]): string[] =>
  words(texts.map((text) => ({ text }))).map((word) => word.map(({ text, space, lineBreak }) => text + (space ? '_' : '') + (lineBreak ? '/' : '')).join('|'));

test('pieces of a word stay together, a space belongs to the word before it', () => {
  expect(shown('Bul', 'ls', ' cannot', ' see', ' red', ';', ' it')).toEqual(['Bul|ls_', 'cannot_', 'see_', 'red|;_', 'it']);
});

test('spaces at the end of a token, or alone, part words too', () => {
  expect(shown('one ', 'two', ' ', 'three')).toEqual(['one_', 'two_', 'three']);
});

test('a new line ends the line, however many there are', () => {
  expect(shown('First', '.', '\n\n', 'Second', '.\n', 'Third')).toEqual(['First|._/', 'Second|._/', 'Third']);
});

test('a leading space alone shows nothing', () => {
  expect(shown(' ', ' Hello')).toEqual(['Hello']);
});

test('every visible token keeps its own index', () => {
  expect(words([{ text: ' a' }, { text: '\n' }, { text: 'b' }]).flat().map(({ index }) => index)).toEqual([0, 2]);
});
