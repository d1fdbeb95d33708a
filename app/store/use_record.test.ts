import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { StepMetrics } from '../../src/train/metrics';
import { RunRecord } from './run_record';
import { heardCount } from './use_record';

const POINT: StepMetrics = { step: 1, phase: 'tune', loss: 1, lm: 1, gate: 1, drift: [0, 0, 0], learningRate: 1e-3, gradientNorm: 1, tokens: 10, tokensPerSecond: 100, skipped: false } as unknown as StepMetrics;

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

test('a count is heard once an interval, and stands between', () => {
  const record = new RunRecord(10, 3);
  const { count, subscribe } = heardCount(record, 500);
  const changed = vi.fn();
  const end = subscribe(changed);
  record.push([POINT]);
  record.push([POINT]);
  expect(count()).toBe(0);
  vi.advanceTimersByTime(500);
  expect(count()).toBe(2);
  expect(changed).toHaveBeenCalledTimes(1);
  end();
  record.push([POINT]);
  vi.advanceTimersByTime(5000);
  expect(count()).toBe(2);
});

test('what grew before anybody listened is heard, and a held-out loss without a step too', () => {
  const record = new RunRecord(10, 3);
  const heard = heardCount(record, 500);
  record.push([POINT]);
  heard.subscribe(() => undefined);
  vi.advanceTimersByTime(500);
  expect(heard.count()).toBe(1);
  const before = heard.version();
  record.validated({ step: 1, loss: 2 });
  vi.advanceTimersByTime(500);
  expect(heard.version()).toBeGreaterThan(before);
});
