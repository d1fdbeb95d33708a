import { expect, test } from 'vitest';
import { placeLabels } from './place_labels';

const LINE = 14;

function overlaps(labels: readonly { readonly width: number }[], places: readonly { readonly x: number; readonly y: number }[]): number {
  let count = 0;
  places.forEach((a, i) => places.slice(i + 1).forEach((b, j) => {
    const [wa, wb] = [labels[i]?.width ?? 0, labels[i + 1 + j]?.width ?? 0];
    if (a.x < b.x + wb && b.x < a.x + wa && Math.abs(a.y - b.y) < LINE) count += 1;
  }));
  return count;
}

test('a name that is alone stands right of its point', () => {
  expect(placeLabels([{ x: 50, y: 50, width: 40 }], [{ x: 50, y: 50 }], 300, 300)).toEqual([{ x: 58, y: 50, led: false }]);
});

test('names of points that crowd do not cover each other, and stay inside', () => {
  const points = Array.from({ length: 9 }, (_, i) => ({ x: 150 + 4 * (i % 3), y: 150 + 5 * Math.floor(i / 3), width: 60 }));
  const places = placeLabels(points, points, 340, 340);
  expect(overlaps(points, places)).toBe(0);
  places.forEach(({ x, y }) => {
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x + 60).toBeLessThanOrEqual(340);
    expect(y).toBeGreaterThanOrEqual(LINE / 2);
  });
});

test('at the right edge a name goes to the left', () => {
  const [place] = placeLabels([{ x: 295, y: 100, width: 40 }], [{ x: 295, y: 100 }], 300, 300);
  expect(place?.x).toBe(247);
});

test('a name leaves the line that leads away from its point, however steep', () => {
  const point = { x: 150, y: 150 };
  for (const to of [{ x: 290, y: 150 }, { x: 290, y: 130 }, { x: 10, y: 150 }, { x: 150, y: 290 }]) {
    const [place] = placeLabels([{ ...point, width: 40 }], [point], 300, 300, [{ from: point, to }]);
    const [x = NaN, y = NaN] = [place?.x, place?.y];
    for (let share = 0; share <= 1; share += 0.01) {
      const [px, py] = [point.x + share * (to.x - point.x), point.y + share * (to.y - point.y)];
      expect(px > x && px < x + 40 && Math.abs(py - y) < LINE / 2, `${String(to.x)} ${String(to.y)}`).toBe(false);
    }
  }
});
