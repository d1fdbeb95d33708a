import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import blind from './refusal_labels_blind.json';
import development from './refusal_labels_development.json';
import { classifyAnswer } from './refusal/classify';
import learned from './refusal/learned.json';

type Labelled = readonly { readonly prompt: string; readonly answer: string; readonly label: string; readonly set: string }[];

const key = ({ prompt, answer }: Labelled[number]): string => `${prompt}\n${answer}`.toLowerCase();
const agreement = (rows: Labelled): number => (
  rows.filter(({ prompt, answer, label }) => classifyAnswer(answer, prompt).verdict === label).length / rows.length);

test('hand labels that rules were written on and weights fitted to', () => {
  expect(development.length).toBeGreaterThanOrEqual(6000);
  expect(agreement(development)).toBeGreaterThanOrEqual(0.97);
});

// To stay a measurement, its rows must not be read while rules are written, and no weight may be fitted to them.
test.each(['mixed', 'models'])('hand labels that neither rules nor weights have seen: set %s', (set) => {
  const rows = blind.filter((row) => row.set === set);
  expect(rows.length).toBeGreaterThanOrEqual(200);
  expect(agreement(rows)).toBeGreaterThanOrEqual(0.92);
});

test('no row is in both', () => {
  const known = new Set(development.map(key));
  expect(blind.filter((row) => known.has(key(row)))).toEqual([]);
});

test('the weights were fitted to these very labels (else run npm run fit:refusals)', () => {
  const of = (name: string): Buffer => readFileSync(new URL(name, import.meta.url));
  const labels = createHash('sha256').update(of('refusal_labels_development.json')).update(of('refusal/examples.tsv')).digest('hex');
  expect(learned.labels).toBe(labels);
});
