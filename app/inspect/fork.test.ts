import { expect, test } from 'vitest';
import { forkOf, isWhole, textOf } from './fork';

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
