import { expect, test } from 'vitest';
import { normals } from '../testing/numbers';
import { logProbability, nextTokens } from './next_tokens';

const ln = (probabilities: readonly number[]): number[] => probabilities.map((p) => Math.log(p) + 700);

test('the most probable tokens come in falling order, ties by id, with their probabilities', () => {
  const got = nextTokens(ln([0.1, 0.35, 0.2, 0.35]), 3);
  expect(got.map(({ id }) => id)).toEqual([1, 3, 2]);
  got.forEach(({ probability }, i) => { expect(probability).toBeCloseTo([0.35, 0.35, 0.2][i] ?? NaN, 12); });
});

test('all tokens together have probability 1, and none is invented', () => {
  const logits = normals(3, 41, 5);
  const all = nextTokens(logits, 100);
  expect(all).toHaveLength(41);
  expect(all.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 12);
});

test('the log probability of a token is that of its softmax', () => {
  expect(logProbability(ln([0.1, 0.9]), 0)).toBeCloseTo(Math.log(0.1), 12);
  expect(logProbability([0, 900], 0)).toBeCloseTo(-900, 9);
  expect(logProbability([0, 0], 2)).toBeNaN();
});
