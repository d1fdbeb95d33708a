import { expect, test } from 'vitest';
import { frontier } from './frontier';

const point = (name: string, x: number, y: number) => ({ name, x, y });

test('the frontier is what nothing beats in both, in the order of x', () => {
  const points = [point('a', 0.9, 0.1), point('b', 0.5, 0.5), point('c', 0.4, 0.4), point('d', 0.1, 0.9), point('e', 0.9, 0.05)];
  expect(frontier(points).map(({ name }) => name)).toEqual(['d', 'b', 'a']);
});

test('two points in one place are both on it, and one that is best in both is alone on it', () => {
  expect(frontier([point('a', 0.5, 0.5), point('b', 0.5, 0.5)]).map(({ name }) => name)).toEqual(['a', 'b']);
  expect(frontier([point('a', 0.5, 0.5), point('b', 0.6, 0.5), point('c', 0.6, 0.4)]).map(({ name }) => name)).toEqual(['b']);
  expect(frontier([])).toEqual([]);
});
