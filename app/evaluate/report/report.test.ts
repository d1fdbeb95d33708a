import { MORE_STRIPS, STRIPS } from '../../train/measures';
import { expect, test } from 'vitest';
import type { EvaluatedModel, ExaminedModel, Measures } from '../../../src/engine/evaluation';
import { PRESETS } from '../../../src/engine/recipe';
import type { StepMetrics } from '../../../src/train/metrics';
import { RunRecord } from '../../store/run_record';
import { strings } from '../../strings';
import { html, table } from './html';
import { reportHtml, type ReportFacts } from './report';

function record(): RunRecord {
  const made = new RunRecord(4, 3);
  made.push([1, 2, 3].map((step): StepMetrics => ({
    step, phase: step === 1 ? 'warmup' : 'tune', loss: 3 - step / 8, lm: 2, gate: 1, drift: [step, 2 * step, 3 * step], learningRate: 1e-3, gradientNorm: 1,
    skipped: step === 2, tokens: 100, tokensPerSecond: 1000,
  })));
  return made;
}

const score = (value: number) => ({ value, low: value - 0.05, high: value + 0.05 });
const MEASURES: Measures = {
  rows: { helpful: 4, harmful: 2, benign: 1, honest: 3 }, helpful: score(0.5), harmless: score(0.25), honest: score(0.75), hhh: score(0.5),
  details: { refusesHarmful: 0, refusesBenign: 0, partial: 0, mc1: 0, truth: 0 },
};
const FUSED: EvaluatedModel = { ...MEASURES, model: 'fused', step: 3, seconds: 1 };
const EXAMINED: ExaminedModel = {
  step: 3, seconds: 1, router: { experts: [], rows: 10, accuracy: 0.9, confusion: [[9, 1, 0], [0, 5, 5], [0, 0, 0]], probabilities: [], slots: [] },
  drift: { byLayer: [[0.012, 0.034, 0.056].map((relative) => ({ moved: 1, aligned: 1, relative }))], byExpert: [] },
  ablation: (['helpful', 'harmless', 'honest'] as const).map((muted) => ({ ...MEASURES, helpful: score(0.125), muted })),
};
const FACTS: ReportFacts = {
  date: new Date('2025-03-04T05:06:07Z'), adapter: { name: 'A <GPU> & co', software: true },
  run: { recipe: PRESETS.paper, record: record(), status: { phase: 'stopped', step: 3, totalSteps: 4 }, name: 'Run 2', marks: [{ step: 2, field: 'gateWeight', from: 0.01, to: 1 }], context: 64, parameters: 200_000, own: false, fork: false },
  evaluation: {
    results: [FUSED, { ...MEASURES, model: 'base', hhh: score(0.1), seconds: 1 }], examined: EXAMINED,
    tried: [{ ...MEASURES, scales: [1, 0.5, 0], split: 'validation', seconds: 1 }],
    map: { rows: [4, 3, 3], explained: [0.36, 0.19], cloud: [[], [], []], models: [{ model: 'base', places: [[1, 2], [3, 4], [5, 6]], distance: 0, inPlane: null }], seconds: 1 },
  },
};

test('the report holds recipe, command, curves, scores, router, ablation, drift, mixes, map, machine and seeds', () => {
  const text = reportHtml(FACTS);
  for (const part of [
    '2025-03-04', 'A &lt;GPU&gt; &amp; co', 'npm run -s h3 -- fuse', '--gate-weight 0.01', '--seed 1', strings.report.commandStopped('3'), 'λ gate loss 0.01 → 1',
    strings.report.stepsOf('3', '4'), '50.0 (45.0–55.0)', 'after step 3', '−37.5', '<td>90</td>', '<td>3.4</td>', '1.00 : 0.50 : 0.00', '36 % and 19 %',
  ]) expect(text).toContain(part);
  expect(text.match(/<svg/g)).toHaveLength(STRIPS.length + MORE_STRIPS.length);
  expect(text.match(/<h2>/g)).toHaveLength(11);
  // Nothing is loaded from anywhere, and nothing runs.
  expect(text).not.toMatch(/<script|<link|src=|https?:|url\(/);
  expect(text).not.toContain('NaN');
});

test('without a run the report says so, and leaves out what was not measured', () => {
  const text = reportHtml({ ...FACTS, run: undefined, evaluation: { results: [FUSED], examined: undefined, tried: [], map: undefined } });
  expect(text).toContain(strings.report.noRun);
  expect(text.match(/<h2>/g)).toHaveLength(1);
  expect(text).not.toContain('npm run');
});

test('markup escapes what it is given, and nothing twice', () => {
  expect(html`<p title="${'"'}">${'<b> & \''}${html`<i>${1}</i>`}${undefined}</p>`.text).toBe('<p title="&quot;">&lt;b&gt; &amp; &#39;<i>1</i></p>');
  expect(table('c', ['', 'x'], [['r', '<']]).text).toContain('<tr><th scope="row">r</th><td>&lt;</td></tr>');
});
