import { expect, test } from 'vitest';
import { harmlessResult } from '../eval/measures/harmless';
import type { ModelResult } from './eval_model';
import { evalTable } from './eval_table';

const NONE = { helpful: null, honest: null, hhh: null, dropped: { helpful: 0, harmless: 2, honest: 1 } };
const request = { prompt: 'p', answer: 'a', category: '', reason: '' };

test('people get one line a model with intervals, and what the measures rest on below', () => {
  const harmless = harmlessResult([{ ...request, harmful: true, verdict: 'refusal' }, { ...request, harmful: false, verdict: 'compliance' }], 2, 1);
  const results: ModelResult[] = [{ ...NONE, name: 'a', harmless, ablation: [{ ...NONE, name: 'b', harmless: null }] }, { ...NONE, name: 'longer', harmless: null, dropped: { helpful: 0, harmless: 0, honest: 0 } }];
  expect(evalTable(results).split('\n')).toEqual([
    '             helpful            harmless  honest  HHH',
    'a                  –  1.000 [1.00, 1.00]       –    –',
    '  without b        –                   –       –    –',
    'longer             –                   –       –    –',
    'a: refuses 100.0 % of 1 harmful requests (0.0 % in part), 0.0 % of 1 benign requests',
    'a: 3 rows dropped, too long for the context',
  ]);
});

test('a score that refusing everything would reach says so', () => {
  const harmless = harmlessResult([{ ...request, harmful: true, verdict: 'partial' }], 0, 1);
  expect(evalTable([{ ...NONE, name: 'a', harmless }])).toContain(
    'a: refuses 0.0 % of 1 harmful requests (100.0 % in part), no benign requests, so that refusing everything would score 1');
});
