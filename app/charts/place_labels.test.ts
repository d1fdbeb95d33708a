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
