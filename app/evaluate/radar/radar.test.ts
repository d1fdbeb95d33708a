import { expect, test } from 'vitest';
import type { EvaluatedModel } from '../../../src/engine/evaluation';
import type { AnswerModel } from '../../../src/engine/protocol';
import { firstPicks, picked, radarAxes, radarFrame, radarLines, radarPoint, radarSpoken } from './radar';

function result(model: AnswerModel, helpful: number, hhh: number): EvaluatedModel {
  const score = (value: number) => ({ value, low: value, high: value });
  return {
    model, rows: { helpful: 1, harmful: 1, benign: 1, honest: 1 }, helpful: score(helpful), harmless: score(0.25), honest: score(0.5), hhh: score(hhh),
    details: { refusesHarmful: 0, refusesBenign: 0, partial: 0, mc1: 0, truth: 0 }, seconds: 1,
  };
}
const RESULTS = [result('base', 0.1, 0.1), result('harmless', 0.2, 0.3), result('soup', 0.4, 0.5), result('fused', 0.9, 0.8)];

test('Fused, the best of the others and the base are drawn first, and never more than three', () => {
  expect(firstPicks(RESULTS)).toEqual(['fused', 'soup', 'base']);
  expect(firstPicks(RESULTS.slice(0, 2))).toEqual(['harmless', 'base']);
  expect(firstPicks([])).toEqual([]);
  expect(picked(['fused', 'soup', 'base'], 'harmless')).toEqual(['fused', 'soup', 'base']);
  expect(picked(['fused', 'soup', 'base'], 'soup')).toEqual(['fused', 'base']);
  expect(picked(['fused', 'base'], 'harmless')).toEqual(['fused', 'base', 'harmless']);
});

test('every outline differs without its colour, and carries the scores in points', () => {
  const lines = radarLines(RESULTS, ['base', 'soup', 'fused']);
  expect(lines.map(({ model }) => model)).toEqual(['fused', 'soup', 'base']);
  expect(new Set(lines.map(({ dash, width }) => `${String(dash)} ${String(width)}`)).size).toBe(3);
  const axes = radarAxes(RESULTS, lines);
  expect(axes.map(({ measure, values }) => [measure, values])).toEqual([['helpful', [90, 40, 10]], ['harmless', [25, 25, 25]], ['honest', [50, 50, 50]]]);
  expect(radarSpoken(lines, axes)).toContain('Fused: helpful 90, harmless 25, honest 50; Model soup: helpful 40');
});

test('100 of each measure are the corners of the frame: Helpful at the top, Harmless at the left, Honest at the right', () => {
  const frame = radarFrame(400);
  const foot = frame.height - 12;
  [[200, 12], [12, foot], [388, foot]].forEach(([x = NaN, y = NaN], axis) => {
    expect(radarPoint(frame, axis, 100).x).toBeCloseTo(x, 10);
    expect(radarPoint(frame, axis, 100).y).toBeCloseTo(y, 10);
    expect(radarPoint(frame, axis, 0)).toEqual({ x: frame.x, y: frame.y });
  });
  expect(radarFrame(0).radius).toBe(0);
});
