import { expect, test } from 'vitest';
import type { AnswerToken } from './answer';
import { calledAt, calledOverall, meansOf, routedTokens, routedWords } from './called';

const token = (text: string, probabilities: readonly number[], shares: readonly number[]): AnswerToken => ({
  text, routing: { layers: 2, experts: 3, probabilities: Float32Array.from(probabilities), shares: Float32Array.from(shares) },
});
const tokens = [
  token('bats', [0.9, 0.1, 0, 0.2, 0.3, 0.5], [0.9, 0.1, 0, 0, 0.375, 0.625]),
  token(' ', [1, 0, 0, 1, 0, 0], [1, 0, 0, 1, 0, 0]),
  token('see', [0, 0, 1, 0.5, 0.5, 0], [0, 0, 1, 0.5, 0.5, 0]),
  { text: '.' },
];

test('a word was called by the largest share of the last layer, the first of equal ones', () => {
  expect(tokens.flatMap(({ routing }) => (routing === undefined ? [] : [calledAt(routing)]))).toEqual(['honest', 'helpful', 'helpful']);
});

test('the whole is called by probability, averaged over the words that can be seen and their layers', () => {
  expect(routedTokens(tokens).map(({ index }) => index)).toEqual([0, 2]);
  meansOf(tokens).forEach((mean, e) => { expect(mean).toBeCloseTo([1.6 / 4, 0.9 / 4, 1.5 / 4][e] ?? NaN, 6); });
  expect(calledOverall(tokens)).toBe('helpful');
});

test('no word, no mean', () => {
  expect(meansOf([{ text: 'a' }])).toEqual([NaN, NaN, NaN]);
});

test('a word has a letter or a figure', () => {
  const marks = ['see', ' ,', '2', '.', 'é!'].map((text) => token(text, [1, 0, 0, 1, 0, 0], [1, 0, 0, 1, 0, 0]));
  expect(routedWords([...marks, { text: 'unrouted' }]).map(({ index }) => index)).toEqual([0, 2, 4]);
});
