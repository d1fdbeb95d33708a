import { expect, test } from 'vitest';
import type { EvaluatedModel, Measures, TriedMerge } from '../../../src/engine/evaluation';
import type { AnswerModel } from '../../../src/engine/protocol';
import { strings } from '../../strings';
import { frontierOf, tradePoints, tradeTitle, triedSentence } from './tradeoff';

function measures(helpful: number, harmless: number, honest = 0.5): Measures {
  const score = (value: number) => ({ value, low: value - 0.1, high: value + 0.1 });
  return {
    rows: { helpful: 4, harmful: 2, benign: 1, honest: 3 }, helpful: score(helpful), harmless: score(harmless), honest: score(honest), hhh: score(0.5),
    details: { refusesHarmful: 0, refusesBenign: 0, partial: 0, mc1: 0, truth: 0 },
  };
}
const result = (model: AnswerModel, helpful: number, harmless: number, honest?: number): EvaluatedModel => ({ model, seconds: 1, ...measures(helpful, harmless, honest) });
const tried = (helpful: number, harmless: number): TriedMerge => ({ scales: [1, 0.5, 0], split: 'validation', seconds: 1, ...measures(helpful, harmless) });

test('the frontier is of the measured models alone, on the two measures that are drawn', () => {
  const results = [result('base', 0.1, 0.1), result('helpful', 0.9, 0.2, 0.1), result('harmless', 0.2, 0.9, 0.2)];
  const points = tradePoints(results, [tried(0.95, 0.95)], 'harmless helpful');
  expect(points.map(({ name, onFrontier, kind }) => [name, onFrontier, kind])).toEqual([
    ['Base', false, 'model'], ['Helpful', true, 'expert'], ['Harmless', true, 'expert'], ['1', false, 'tried'],
  ]);
  expect(frontierOf(points).map(({ name }) => name)).toEqual(['Helpful', 'Harmless']);
  expect(points[3]).toMatchObject({ weights: '1.00 : 0.50 : 0.00', rows: 10 });
  expect(tradePoints(results, [], 'honest helpful').map(({ x, y }) => [x, y])).toEqual([[0.5, 0.1], [0.1, 0.9], [0.2, 0.2]]);
});

test('the title names who is on the frontier, and claims nothing of one model alone', () => {
  const { title } = strings.tradeoff;
  const of = (...results: EvaluatedModel[]): string => tradeTitle(tradePoints(results, [], 'harmless helpful'));
  expect(of()).toBe(title.empty);
  expect(of(result('base', 0.1, 0.1))).toBe(title.empty);
  expect(of(result('base', 0.1, 0.1), result('fused', 0.8, 0.8))).toBe(title.one('Fused'));
  expect(of(result('helpful', 0.9, 0.1), result('fused', 0.8, 0.8))).toBe(title.few('Helpful and Fused'));
  const four = (['helpful', 'harmless', 'fused', 'soup'] as const).map((model, i) => result(model, i / 10, 1 - i / 10));
  expect(of(...four)).toBe(title.many('4'));
});

test('a mix is told in one sentence', () => {
  expect(triedSentence(tried(0.411, 0.6), 2)).toBe('Mix 2: helpful 41, harmless 60, honest 50.');
});
