import { expect, test } from 'vitest';
import type { StepMetrics } from '../../src/train/metrics';
import { WHOLE_VIEW } from '../store/chart_view';
import { RunRecord } from '../store/run_record';
import { strings } from '../strings';
import { curveOf, readingsAt, summaryOf, type ShownRun } from './curves';
import { runCsv } from './run_csv';

const EMPTY: NonNullable<StepMetrics['router']> = { load: [], probability: [], share: [0.5, 0.25, 0.25], entropy: 1, accuracy: 0.75 };

function shown(name: string, lm: readonly number[], capacity = 10): ShownRun {
  const record = new RunRecord(capacity, 3);
  record.push(lm.map((value, i) => ({
    step: i + 1, phase: 'tune' as const, loss: value, lm: value, gate: 0, drift: [1, 2, 3], learningRate: 0.5, gradientNorm: 1, skipped: false, tokens: 8, tokensPerSecond: Number.NaN, router: EMPTY,
  })));
  return { name, record };
}

const WHOLE = { from: 0, to: 10 };
const RAW = { ...WHOLE_VIEW, smoothing: 0 };

test('the line in front is thick, another run’s is thinner; both are named where they end', () => {
  const curve = curveOf([shown('Run 2', [2, 1]), shown('Run 1', [2, 4, 3])], 'lm', RAW, WHOLE);
  expect(curve.scale).toMatchObject({ min: 0, max: 4 });
  expect(curve.rows.map(({ step, values }) => [step, ...values])).toEqual([[1, 0.5, 0.5], [2, 0.25, 1], [3, null, 0.75]]);
  expect(curve.lines).toMatchObject([{ name: 'Run 2', colour: '--ink', width: 2 }, { name: 'Run 1', colour: '--ink-3', width: 1.25 }]);
  expect(curve.ends.map(({ name, step, value, quiet }) => [name, step, value, quiet])).toEqual([['Run 2', 2, 1, false], ['Run 1', 3, 3, true]]);
  expect(readingsAt(curve, 2).map(({ text }) => text)).toEqual(['1.00', '4.00']);
  expect(summaryOf(curve, [shown('Run 2', [2, 1]), shown('Run 1', [2, 4, 3])])).toContain('Step 2: 1.00; Run 1 3.00');
});

test('a window has its own axis, and one row more at either end', () => {
  const curve = curveOf([shown('Run 1', [99, 8, 3, 2, 1, 1])], 'lm', RAW, { from: 3, to: 5 });
  expect(curve.rows.map(({ step }) => step)).toEqual([2, 3, 4, 5, 6]);
  expect(curve.scale.max).toBe(10);
  expect(curve.ends).toEqual([]);
});

test('on a logarithmic axis zero has no place, and shares keep theirs', () => {
  const log = { ...RAW, log: true };
  const curve = curveOf([shown('Run 1', [1, 0, 10])], 'lm', log, WHOLE);
  expect(curve.rows.map(({ values }) => values[0])).toEqual([0, null, 1]);
  const load = curveOf([shown('Run 1', [1])], 'load', log, WHOLE);
  expect(load.scale).toEqual({ min: 0, max: 100, ticks: [0, 50, 100] });
  expect(load.rows[0]?.values).toEqual([0.5, 0.25, 0.25]);
  expect(load.title).toBe(strings.train.strips.load.shared);
  expect(readingsAt(load, 1).map(({ text, expert }) => `${text} ${expert ?? ''}`)).toEqual(['50 % helpful', '25 % harmless', '25 % honest']);
});

test('smoothing draws another line and leaves the reported one behind it', () => {
  const curve = curveOf([shown('Run 1', [4, 0])], 'lm', { ...RAW, smoothing: 0.5 }, WHOLE);
  // (0.5 · 0.5 · 4 + 0.5 · 0) / (1 − 0.25)
  expect(curve.columns[0]?.[0]?.[1]).toBeCloseTo(4 / 3, 5);
  expect(curve.rows.map(({ raw }) => raw)).toEqual([1, 0]);
});

test('without a run there is an axis and no line', () => {
  expect(curveOf([], 'drift', RAW, WHOLE)).toMatchObject({ rows: [], lines: [], ends: [], title: strings.train.strips.drift.plain });
});

test('the numbers as CSV: a line a step, and nothing where nothing was reported', () => {
  const { record } = shown('Run 1', [2.5, 1.25]);
  record.validated({ step: 2, loss: 1.5 });
  const [head, first, second] = runCsv(record).trimEnd().split('\n');
  expect(head).toBe('step,phase,language_loss,gate_loss,total_loss,router_accuracy,router_entropy,gradient_norm,learning_rate,tokens_per_second,tokens,skipped,drift_helpful,drift_harmless,drift_honest,share_helpful,share_harmless,share_honest,held_out_loss');
  expect(first).toBe('1,tune,2.5,0,2.5,0.75,1,1,0.5,,8,0,1,2,3,0.5,0.25,0.25,');
  expect(second).toMatch(/^2,tune,1\.25,.*,1\.5$/);
});
