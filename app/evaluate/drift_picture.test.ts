import { expect, test } from 'vitest';
import { driftPercents, driftPicture, driftTrend } from './drift_picture';

test('layers go upward, per cent to the right on round ticks from 0', () => {
  const { layers, lines, ticks, plot, height } = driftPicture([[12.4, 48.4, 53.8], [4.6, 14.7, 32.4], [3.4, 12.5, 32.7]], 340);
  expect(ticks.map(({ value }) => value)).toEqual([0, 20, 40, 60]);
  expect(layers[0]).toBeGreaterThan(layers[2] ?? NaN);
  expect([ticks[0]?.x, ticks.at(-1)?.x]).toEqual([plot.left, plot.right]);
  expect(lines[2]?.points[0]?.x).toBeCloseTo(plot.left + (53.8 / 60) * (plot.right - plot.left), 10);
  expect(plot.bottom).toBeLessThan(height);
});

test('names over lines that end together stand side by side, inside the picture', () => {
  for (const row of [[0, 0, 0], [1, 1, 1], [50, 49, 50]]) {
    const { names, width } = driftPicture([row, row], 300);
    const sorted = [...names].sort((a, b) => a - b);
    expect(sorted[0]).toBeGreaterThanOrEqual(32);
    expect(sorted[2]).toBeLessThanOrEqual(width - 32);
    expect((sorted[1] ?? NaN) - (sorted[0] ?? NaN)).toBeGreaterThanOrEqual(64);
    expect((sorted[2] ?? NaN) - (sorted[1] ?? NaN)).toBeGreaterThanOrEqual(64);
  }
});

test('a layer has moved most only where it is ahead by a tenth', () => {
  expect(driftTrend([[1, 1], [1, 1.1]])).toBe('plain');
  expect(driftTrend([[1, 1], [2, 1]])).toBe('late');
  expect(driftTrend([[2, 1], [1, 1]])).toBe('early');
  expect(driftTrend([[2, 1]])).toBe('plain');
  expect(driftPercents([[{ moved: 1, aligned: 4, relative: 0.25 }, { moved: 1, aligned: 0, relative: null }]])).toEqual([[25, 0]]);
});
