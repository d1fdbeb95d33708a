import { expect, test } from 'vitest';
import { Refusal } from '../errors/refusal';
import { PRESETS } from './recipe';
import { parseRunFile, type RunFile, stepsOfFile, writeRunFile } from './run_file';

const cells = (rows: number): number[] => Array.from({ length: rows * 6 }, (_, i) => [0.5, 0.25, 0.25, NaN, NaN, NaN][i % 6] ?? NaN);
const column = (value: number): number[] => [value, value];

const RUN: RunFile = {
  name: 'Run 1', recipe: { ...PRESETS.default, seed: 7, fault: 'one-label' }, parent: { name: 'Run 0', step: 1 },
  pulled: [{ step: 1, field: 'gateWeight', from: 0.1, to: 1 }], validation: [{ step: 2, loss: 1.5 }], tokensPerSecond: [1234, NaN],
  metrics: {
    layers: 1, datasets: 2, experts: 3, warmup: 1, step: [1, 2], loss: column(2.5), lm: [NaN, 2], gate: column(1 / 3), learningRate: column(1e-3), gradientNorm: column(0.5),
    tokens: column(100), skipped: column(0), entropy: column(1.1), accuracy: column(0.75), drift: [0, 0, 0, 1, 2, 3], load: cells(2), probability: cells(2),
  },
  snapshots: [{ step: 0, answers: [{ prompt: 'why?', tokens: [{ text: 'so', shares: [1, 0, 0], probabilities: [0.5, 0.25, 0.25] }] }] }],
};

function refusal(change: (root: Record<string, unknown>) => void): string {
  const root = JSON.parse(writeRunFile(RUN)) as Record<string, unknown>;
  change(root);
  try {
    parseRunFile(JSON.stringify(root), 'a.json');
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
  return 'accepted';
}

test('what is written is read again, rounded to five digits', () => {
  const read = parseRunFile(writeRunFile(RUN), 'a.json');
  expect(read).toEqual({ ...RUN, metrics: { ...RUN.metrics, gate: column(0.33333) } });
  expect(writeRunFile(read)).toBe(writeRunFile(RUN));
  expect(stepsOfFile(read)[0]).toMatchObject({ step: 1, phase: 'warmup', tokensPerSecond: 1234, router: { share: [0.5, 0.25, 0.25] } });
});

test('a run without answers and parent is a run too', () => {
  const { parent: _, ...alone } = RUN;
  expect(parseRunFile(writeRunFile({ ...alone, validation: [{ step: 2, loss: NaN }] }), 'a.json').validation).toEqual([{ step: 2, loss: NaN }]);
  expect(parseRunFile(writeRunFile({ ...alone, snapshots: [], pulled: [], validation: [] }), 'a.json')).toMatchObject({ snapshots: [] });
});

test.each<[string, (root: Record<string, unknown>) => void, RegExp]>([
  ['another format', (root) => { root['format'] = 'csv'; }, /a\.json.*format.*h3fusion-run.*csv/],
  ['a later version', (root) => { root['version'] = 2; }, /version.*1.*2/],
  ['a name that is too long', (root) => { root['name'] = 'x'.repeat(81); }, /name.*80 characters/],
  ['a recipe out of range', (root) => { (root['recipe'] as Record<string, unknown>)['topK'] = 9; }, /recipe\.topK.*1 to 3/],
  ['more steps than planned', (root) => { Object.assign(root['recipe'] as object, { steps: 1, warmupSteps: 0 }); }, /metrics\.step.*at most/],
  ['a step left out', (root) => { (root['metrics'] as Record<string, unknown>)['step'] = [1, 3]; }, /metrics\.step\[1\].*2/],
  ['a column cut short', (root) => { (root['metrics'] as Record<string, unknown>)['load'] = [1]; }, /metrics\.load.*12 numbers.*1/],
  ['a lever that is none', (root) => { root['pulled'] = [{ step: 1, field: 'steps', from: 1, to: 2 }]; }, /pulled\[0\]\.field/],
  ['an answer after the end', (root) => { root['snapshots'] = [{ step: 9, answers: [{ prompt: 'p', tokens: [] }] }]; }, /snapshots\[0\]\.step.*up to 2/],
  ['a loss that is text', (root) => { root['validation'] = [{ step: 1, loss: 'x' }]; }, /validation\[0\]\.loss.*a number/],
])('%s is refused by its place', (_, change, sentence) => {
  expect(refusal(change)).toMatch(sentence);
  expect(refusal(change)).toMatch(/choose a file that this studio saved/);
});

test('what is no JSON is refused by name', () => {
  expect(() => parseRunFile('{', 'b.json')).toThrow(/b\.json.*JSON/);
});
