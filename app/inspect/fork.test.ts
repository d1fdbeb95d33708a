import { expect, test } from 'vitest';
import { type Answer, newAnswer } from '../store/answer';
import { forkOf, isWhole, nowAt, textOf } from './fork';

const tokens = (text: string): { text: string }[] => text.split(' ').map((word) => ({ text: `${word} ` }));

test('answers part at the first word that differs', () => {
  const fork = forkOf(tokens('sorry let us feed'), tokens('sorry just poison'));
  expect([fork.shared, fork.trained, fork.stepped].map(textOf)).toEqual(['sorry', 'let us feed', 'just poison']);
  expect(isWhole(fork)).toBe(false);
});

test('one that ends earlier parts at its end, and equal ones do not part', () => {
  expect(textOf(forkOf(tokens('a b'), tokens('a b c')).stepped)).toBe('c');
  expect(isWhole(forkOf(tokens('a b'), tokens('a b')))).toBe(true);
});

test('a word has a now before the turn, none after it, and an unknown one where the answer is still to come', () => {
  const trained = tokens('sorry let us feed');
  const under = (state: Answer['state'], text: string): Answer => ({ ...newAnswer('fused', ''), state, tokens: tokens(text) });
  expect(nowAt(trained, undefined, 0)).toBeUndefined();
  expect(nowAt(trained, under('end', 'sorry just poison'), 0)).toEqual({ text: 'sorry ' });
  expect(nowAt(trained, under('writing', 'sorry just'), 2)).toBe('turned');
  expect(nowAt(trained, under('writing', 'sorry let'), 2)).toBeUndefined();
  expect(nowAt(trained, under('end', 'sorry let'), 2)).toBe('turned');
});
