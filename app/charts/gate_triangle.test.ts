import { expect, test } from 'vitest';
import { CORNERS, HEIGHT, place, quarterTicks, WIDTH } from './gate_triangle';

test('certainty stands in a corner, two of three on the side between them, a guess in the middle', () => {
  expect([[1, 0, 0], [0, 1, 0], [0, 0, 1]].map(place)).toEqual(CORNERS);
  expect(place([0, 0.25, 0.75])).toEqual({ x: 0.75 * WIDTH, y: HEIGHT });
  const middle = place([1 / 3, 1 / 3, 1 / 3]);
  expect(middle.x).toBeCloseTo(WIDTH / 2, 9);
  expect(middle.y).toBeCloseTo((2 * HEIGHT) / 3, 9);
});

test('ticks point away from the triangle, three on each side', () => {
  const ticks = quarterTicks(7);
  expect(ticks).toHaveLength(9);
  for (const [from, to] of ticks) expect(Math.hypot(to.x - from.x, to.y - from.y)).toBeCloseTo(7, 9);
  expect(ticks.slice(3, 6).every(([from, to]) => to.y > from.y)).toBe(true);
});
