import { expect, test } from 'vitest';
import blind from './refusal_labels_blind.json';
import development from './refusal_labels_development.json';
import { classifyAnswer } from './refusal/classify';

type Labelled = readonly { readonly prompt: string; readonly answer: string; readonly label: string }[];

function agreement(rows: Labelled): number {
  return rows.filter(({ prompt, answer, label }) => classifyAnswer(answer, prompt).verdict === label).length / rows.length;
}

test('hand labels that the rules were improved on', () => {
  expect(development.length).toBeGreaterThanOrEqual(1000);
  expect(agreement(development)).toBeGreaterThanOrEqual(0.96);
});

// Aimed at: 0.92. Measured: 0.870 (docs/LOG.md). To stay a measurement, its rows must not be read while rules are written.
test('hand labels that no rule was written on', () => {
  expect(blind.length).toBeGreaterThanOrEqual(200);
  expect(agreement(blind)).toBeGreaterThanOrEqual(0.86);
});
