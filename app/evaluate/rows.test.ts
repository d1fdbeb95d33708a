import { expect, test } from 'vitest';
import type { EvaluatedModel } from '../../src/engine/evaluation';
import { BASELINES, EXPERTS, type AnswerModel } from '../../src/engine/protocol';
import { strings } from '../strings';
import { csv, sorted, titleOf, unmeasured } from './rows';

function result(model: AnswerModel, hhh: number, half = 0.05): EvaluatedModel {
  const score = { value: hhh, low: hhh - half, high: hhh + half };
  return {
    model, rows: { helpful: 1, harmful: 1, benign: 1, honest: 1 }, helpful: score, harmless: score, honest: score, hhh: score,
    details: { refusesHarmful: 0, refusesBenign: 0, partial: 0, mc1: 0, truth: 0 }, seconds: 1,
  };
}

test('a title says ahead only where intervals stand apart, and of all others only where all were measured', () => {
  const { title } = strings.evaluate;
  const others = (best: AnswerModel, hhh: number): EvaluatedModel[] => ['base' as const, ...EXPERTS, ...BASELINES].map((model) => result(model, model === best ? hhh : 0.2));
  expect(titleOf([])).toBe(title.idle);
  expect(titleOf([result('fused', 0.9), result('base', 0.1)])).toBe(title.idle);
  const singles = ['base' as const, ...EXPERTS].map((model) => result(model, 0.3));
  expect(titleOf(singles)).toBe(title.idle);
  const own = { value: 0.6, low: 0.5, high: 0.7 };
  expect(titleOf(singles.map((one) => (one.model === 'base' ? one : { ...one, [one.model]: own })))).toBe(title.unfused);
  expect(titleOf([result('fused', 0.9), ...others('soup', 0.7)])).toBe(title.ahead);
  expect(titleOf([result('fused', 0.9), ...others('soup', 0.81)])).toBe(title.level(strings.models.soup));
  expect(titleOf([result('fused', 0.5), ...others('soup', 0.81)])).toBe(title.behind(strings.models.soup));
});

test('rows go by their mean, in the table that is saved too', () => {
  const results = [result('base', 0.1), result('fused', 0.9), result('soup', 0.5)];
  expect(sorted(results).map(({ model }) => model)).toEqual(['fused', 'soup', 'base']);
  expect(csv(results).split('\n').map((line) => line.split(',').slice(0, 4).join(','))).toEqual([
    'model,helpful,helpful_low,helpful_high', 'fused,0.9000,0.8500,0.9500', 'soup,0.5000,0.4500,0.5500', 'base,0.1000,0.0500,0.1500', '',
  ]);
});

test('who has no result yet waits in the order of measuring', () => {
  expect(unmeasured([result('helpful', 0.1)], ['fused', 'base', 'helpful', 'soup'])).toEqual(['fused', 'base', 'soup']);
  expect(unmeasured([result('base', 0.1)], ['base'])).toEqual([]);
});
