import { expect, test } from 'vitest';
import { fit, type Labelled } from './fit';
import { weigh } from './weigh';

const row = (label: Labelled['label'], signs: Record<string, number>, weight = 1): Labelled => ({ label, weight, signs: new Map(Object.entries(signs)) });
const times = (n: number, each: Labelled): Labelled[] => Array.from({ length: n }, () => each);
const OPTIONS = { minRows: 3, lambda: 2, steps: 2000 };

test('at the minimum, λ w equals what the rows pull: with one sign in all rows the gradient is 0', () => {
  const rows = [...times(6, row('refusal', { no: 1 })), ...times(2, row('compliance', { no: 1 })), ...times(8, row('compliance', { yes: 1 }))];
  const { bias, weights } = fit(rows, OPTIONS);
  const w = (name: string): number[] => (weights[name] ?? []).map((each) => each / 100);
  const p = (name: string): number[] => {
    const e = w(name).map((each, k) => Math.exp(each + (bias[k] ?? 0) / 100));
    return e.map((each) => each / e.reduce((a, b) => a + b));
  };
  // Σ (p − y) + λ w = 0 for each verdict, in the order refusal, partial, compliance; weights are rounded to hundredths.
  const pull = [8 * (p('no')[0] ?? 0) - 6, 8 * (p('no')[1] ?? 0), 8 * (p('no')[2] ?? 0) - 2];
  for (const [k, each] of pull.entries()) expect(each + 2 * (w('no')[k] ?? 0)).toBeCloseTo(0, 1);
  expect(weigh({ bias, weights }, new Map([['no', 1]]), 'compliance')).toEqual({ verdict: 'refusal', strongest: 'no' });
});

test('a row of weight 2 counts as two', () => {
  const twice = [...times(2, row('refusal', { no: 1 })), ...times(3, row('compliance', { no: 1 }))];
  const heavy = [row('refusal', { no: 1 }, 2), ...times(3, row('compliance', { no: 1 }))];
  expect(fit(heavy, OPTIONS)).toEqual(fit(twice, OPTIONS));
});

test('what is in too few rows is not weighed, and the same rows give the same table', () => {
  const rows = [...times(5, row('refusal', { no: 1 })), ...times(5, row('compliance', { yes: 1 })), row('refusal', { rare: 1 })];
  const once = fit(rows, OPTIONS);
  expect(Object.keys(once.weights).sort()).toEqual(['no', 'yes']);
  expect(fit(rows, OPTIONS)).toEqual(once);
});

test('unknown signs, names of object properties among them, weigh nothing; equal sums leave what it looks like', () => {
  const table = { bias: [0, 0, 0], weights: { no: [5, 0, -5] } };
  expect(weigh(table, new Map([['constructor', 1], ['__proto__', 1]]), 'partial').verdict).toBe('partial');
  expect(weigh(table, new Map([['no', 1]]), 'compliance').verdict).toBe('refusal');
});
