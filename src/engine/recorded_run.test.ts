import { expect, test } from 'vitest';
import { Refusal } from '../errors/refusal';
import type { StepMetrics } from '../train/metrics';
import { PRESETS } from './recipe';
import { parseRecordedRun, recordedAnswer, recordedSteps, recordRun } from './recorded_run';

const THIRD = 1 / 3;
const RECIPE = { ...PRESETS.default, seed: 9 };

/** Two layers, three datasets, three experts; the second dataset did not come up. */
function point(step: number, tokensPerSecond: number): StepMetrics {
  const cells = [0, 1].map((layer) => [[THIRD, THIRD, THIRD], [NaN, NaN, NaN], [layer, 1 - layer, 0]]);
  return {
    step, phase: step < 3 ? 'warmup' : 'tune', loss: 1.23456789 * step, lm: step < 3 ? 0 : 2.5, gate: THIRD, drift: [1e-7 * THIRD, 0, 12345.678],
    learningRate: 1e-3, gradientNorm: step === 4 ? Infinity : 0.5, skipped: step === 4, tokens: 123456, tokensPerSecond,
    router: { load: cells, probability: cells, share: [], entropy: 1.0986123, accuracy: 0.75 },
  };
}

const TOKEN = { text: ' two', shares: [THIRD, 2 * THIRD, 0, 1, 0, 0], probabilities: [0.25, 0.5, 0.25, 0.9, 0.05, 0.05] };
const SNAPSHOTS = [0, 4].map((step) => ({ step, answers: [{ prompt: 'one?', tokens: step === 0 ? [] : [TOKEN, { ...TOKEN, text: '\n' }] }] }));

function recorded(speed = 100): string {
  return recordRun({ recipe: RECIPE, metrics: [1, 2, 3, 4].map((step) => point(step, speed * step)), snapshots: SNAPSHOTS });
}

function refusal(change: (run: Record<string, unknown>) => void): string {
  const run = JSON.parse(recorded()) as Record<string, unknown>;
  change(run);
  try {
    parseRecordedRun(JSON.stringify(run), 'recorded_run.json');
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
  return 'accepted';
}

test('two recordings of one run are the same bytes, however fast each ran', () => {
  expect(recorded(7)).toBe(recorded(1000));
  expect(recorded()).not.toMatch(/tokensPerSecond|elapsed/);
});

test('what was recorded is read again, to 5 digits, and gives the same bytes once more', () => {
  const run = parseRecordedRun(recorded(), 'recorded_run.json');
  expect(run.recipe).toEqual(RECIPE);
  expect(run.metrics).toMatchObject({ layers: 2, datasets: 3, experts: 3, warmup: 2, step: [1, 2, 3, 4], gate: [0.33333, 0.33333, 0.33333, 0.33333] });
  expect(run.snapshots[1]?.answers[0]?.tokens[0]).toEqual({ ...TOKEN, shares: [0.33333, 0.66667, 0, 1, 0, 0] });
  expect(recordRun({ recipe: run.recipe, metrics: recordedSteps(run), snapshots: run.snapshots })).toBe(recorded());
});

test('the steps of a recording are those of the run, without their speed', () => {
  const steps = recordedSteps(parseRecordedRun(recorded(), 'recorded_run.json'));
  expect(steps.map(({ step, phase, skipped }) => [step, phase, skipped])).toEqual(
    [[1, 'warmup', false], [2, 'warmup', false], [3, 'tune', false], [4, 'tune', true]]);
  expect(steps[2]).toMatchObject({ loss: 3.7037, drift: [3.3333e-8, 0, 12346], tokens: 123456, tokensPerSecond: NaN });
  expect(steps[3]?.gradientNorm).toBeNaN();
  expect(steps[2]?.router?.probability[1]).toEqual([[0.33333, 0.33333, 0.33333], [NaN, NaN, NaN], [1, 0, 0]]);
});

test('the rest of an unfinished character joins the token before it', () => {
  const routing = { layers: 1, experts: 2, probabilities: Float32Array.of(0.5, 0.5), shares: Float32Array.of(1, 0) };
  expect(recordedAnswer('p', [{ text: 'a', routing }, { text: 'b' }])).toEqual({
    prompt: 'p', tokens: [{ text: 'ab', shares: [1, 0], probabilities: [0.5, 0.5] }],
  });
});

test('a run without a router, and a token of another size, are not recorded', () => {
  const { router: _, ...dense } = point(1, 1);
  expect(() => recordRun({ recipe: RECIPE, metrics: [dense], snapshots: [] })).toThrow(RangeError);
  const snapshots = [{ step: 1, answers: [{ prompt: 'p', tokens: [{ ...TOKEN, shares: [1] }] }] }];
  expect(() => recordRun({ recipe: RECIPE, metrics: [point(1, 1)], snapshots })).toThrow(/not 6 long/);
});

test('a recording of another version, recipe or seed is refused', () => {
  expect(refusal((run) => { run['version'] = 2; })).toMatch(/version: expected 1, got 2/);
  expect(refusal((run) => { run['recipe'] = { ...RECIPE, steps: 0 }; })).toMatch(/recipe\.steps: expected a whole number from 1 to 20000, got 0/);
  expect(refusal((run) => { run['recipe'] = { ...RECIPE, train: 'all' }; })).toMatch(/recipe\.train: expected one of lora, full, router, got all/);
  expect(refusal((run) => { run['seed'] = 8; })).toMatch(/seed: expected 9 as in the recipe, got 8/);
  expect(() => parseRecordedRun('<!doctype html>', 'recorded_run.json')).toThrow(/recorded_run\.json, the file: expected JSON/);
});

test('columns of unlike length, steps out of order and words among numbers are named', () => {
  const metrics = (run: Record<string, unknown>): Record<string, unknown> => run['metrics'] as Record<string, unknown>;
  expect(refusal((run) => { metrics(run)['lm'] = [1]; })).toMatch(/metrics\.lm: expected 4 numbers, got 1/);
  expect(refusal((run) => { metrics(run)['step'] = [1, 3, 2, 4]; })).toMatch(/metrics\.step\[2\]: expected steps in their order, got 2/);
  expect(refusal((run) => { metrics(run)['gate'] = [1, 'x', 1, 1]; })).toMatch(/metrics\.gate\[1\]: expected a number or null, got x/);
  expect(refusal((run) => { run['snapshots'] = []; })).toMatch(/snapshots: expected a list that is not empty/);
  expect(refusal((run) => { run['snapshots'] = [{ step: 1, answers: [{ prompt: 'p', tokens: [{ ...TOKEN, shares: [] }] }] }]; }))
    .toMatch(/snapshots\[0\]\.answers\[0\]\.tokens\[0\]\.shares: expected 6 numbers, got 0/);
});
