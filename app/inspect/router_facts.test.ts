import { expect, test } from 'vitest';
import { strings } from '../strings';
import { meanByExpert, probability, routerTitle } from './router_facts';

function frame(rows: readonly (readonly number[])[]) {
  return { step: 1, layers: rows.length / 3, datasets: 3, experts: 3, values: Float32Array.from(rows.flat()) };
}

const DIAGONAL = [[0.8, 0.1, 0.1], [0.1, 0.8, 0.1], [0.1, 0.1, 0.8]];

test('cells are found by layer, dataset and expert', () => {
  const two = frame([...DIAGONAL, [0.5, 0.25, 0.25], [0.25, 0.5, 0.25], [0.25, 0.25, 0.5]]);
  expect(probability(two, 1, 2, 2)).toBe(0.5);
  expect(meanByExpert(two, 0)[0]).toBeCloseTo(0.65, 6);
  expect(probability(undefined, 0, 0, 0)).toBeNaN();
});

test('the title claims only what the means support', () => {
  expect(routerTitle(frame(DIAGONAL))).toBe(strings.inspect.titleFound);
  expect(routerTitle(frame([[0.8, 0.1, 0.1], [0.7, 0.2, 0.1], [0.6, 0.2, 0.2]]))).toBe('Helpful takes every subject.');
  expect(routerTitle(frame([[0.34, 0.33, 0.33], [0.33, 0.34, 0.33], [0.33, 0.33, 0.34]]))).toBe(strings.inspect.title);
  expect(routerTitle(frame([[0.8, 0.1, 0.1], [Number.NaN, Number.NaN, Number.NaN], [0.1, 0.1, 0.8]]))).toBe(strings.inspect.title);
});
