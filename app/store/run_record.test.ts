import { expect, test } from 'vitest';
import type { RouterMetrics, StepMetrics } from '../../src/train/metrics';
import { RunRecord } from './run_record';

function point(step: number, change: Partial<StepMetrics> = {}): StepMetrics {
  return {
    step, phase: 'tune', loss: 3 - step / 10, lm: 2, gate: 1, drift: [step, 2 * step, 3 * step], learningRate: 1e-3,
    gradientNorm: 1, skipped: false, tokens: 100, tokensPerSecond: 1000, ...change,
  };
}

const NOTHING = Number.NaN;
function router(probability: number[][][]): RouterMetrics {
  return { load: probability, probability, share: [0.5, 0.25, 0.25], entropy: 0.5, accuracy: 0.75 };
}

test('steps are kept in order, drift by expert', () => {
  const record = new RunRecord(4, 3);
  record.push([point(1), point(2)]);
  expect(record.count).toBe(2);
  expect([...record.series('loss')].slice(0, 2)).toEqual([Math.fround(2.9), Math.fround(2.8)]);
  expect(record.drift()[2]?.[1]).toBe(6);
  expect(record.last('entropy')).toBeNaN();
});

test('a dataset that a step did not hold keeps its last report, and earlier frames stay as they were', () => {
  const record = new RunRecord(3, 3);
  record.push([point(1, { router: router([[[0.5, 0.25, 0.25], [NOTHING, NOTHING, NOTHING]]]) })]);
  record.push([point(2, { router: router([[[NOTHING, NOTHING, NOTHING], [0.125, 0.75, 0.125]]]) })]);
  expect([...(record.frame(1)?.values ?? [])]).toEqual([0.5, 0.25, 0.25, NOTHING, NOTHING, NOTHING]);
  expect([...(record.frame(2)?.values ?? [])]).toEqual([0.5, 0.25, 0.25, 0.125, 0.75, 0.125]);
});

test('a step without router metrics repeats the frame before it', () => {
  const record = new RunRecord(2, 3);
  record.push([point(1, { router: router([[[0.5, 0.25, 0.25]]]) }), point(2)]);
  expect([...(record.frame(2)?.values ?? [])]).toEqual([0.5, 0.25, 0.25]);
});

test('the router-only warm-up has a gate loss and no language loss', () => {
  const record = new RunRecord(2, 3);
  record.push([point(1, { phase: 'warmup', lm: 0, loss: 1 }), point(2)]);
  expect([...record.series('lm')]).toEqual([Number.NaN, 2]);
  expect([...record.series('gate')]).toEqual([1, 1]);
});

test('more steps than announced are dropped, skipped ones counted, listeners told once a batch', () => {
  const record = new RunRecord(2, 3);
  let told = 0;
  record.subscribe(() => { told += 1; });
  record.push([point(1, { skipped: true, phase: 'warmup' }), point(2), point(3)]);
  expect([record.count, record.skipped, record.warmup, told]).toEqual([2, 1, 1, 1]);
});
