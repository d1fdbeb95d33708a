import { expect, test } from 'vitest';
import { PRESETS } from '../../src/engine/recipe';
import { parseRunFile } from '../../src/engine/run_file';
import type { StepMetrics } from '../../src/train/metrics';
import { type Run, runOfFile, runText } from './run';
import { RunRecord } from './run_record';
import { newTake } from './take';

const cells = [[[0.5, 0.25, 0.25], [0.125, 0.75, 0.125], [0.25, 0.25, 0.5]]];

function point(step: number): StepMetrics {
  return {
    step, phase: step === 1 ? 'warmup' : 'tune', loss: 3 - step / 8, lm: 2 - step / 8, gate: 1, drift: [step, 2 * step, 3 * step], learningRate: 0.5,
    gradientNorm: 1, skipped: step === 3, tokens: 100, tokensPerSecond: 1000 * step,
    router: { load: cells, probability: cells, share: [0.25, 0.5, 0.25], entropy: 0.5, accuracy: 0.75 },
  };
}

function run(steps: number): Run {
  const recipe = { ...PRESETS.default, steps: 5, warmupSteps: 1 };
  const record = new RunRecord(6, 3);
  record.push(Array.from({ length: steps }, (_, i) => point(i + 1)));
  if (steps >= 4) record.validated({ step: 4, loss: 1.25 });
  const routing = { layers: 1, experts: 3, probabilities: Float32Array.of(0.5, 0.25, 0.25), shares: Float32Array.of(0.75, 0.25, 0) };
  return {
    id: 'a', since: 1, name: 'Run 1', recipe, record, marks: [{ step: 2, field: 'drift', from: 0, to: 1 }],
    takes: [newTake(0, 'why?', [{ text: 'so', routing }]), newTake(2, 'why?', [{ text: 'well', routing }])],
  };
}

test('a run comes back from its file: curves, routers, answers, what was pulled', () => {
  const text = runText(run(4)) ?? '';
  const back = runOfFile(parseRunFile(text, 'a.json'), 'b');
  expect(back).toMatchObject({ id: 'b', name: 'Run 1', marks: [{ step: 2, field: 'drift', from: 0, to: 1 }] });
  expect(back.record).toMatchObject({ count: 4, capacity: 6, warmup: 1, skipped: 1, validation: [{ step: 4, loss: 1.25 }] });
  for (const name of ['lm', 'gate', 'tokensPerSecond', 'entropy', 'tokens'] as const) expect([...back.record.series(name)]).toEqual([...run(4).record.series(name)]);
  expect(back.record.drift().map((column) => column[3])).toEqual([4, 8, 12]);
  expect([...(back.record.frame(4)?.values ?? [])]).toEqual(cells.flat(2));
  expect(back.takes.map(({ step, tokens }) => [step, tokens.map(({ text: said }) => said)])).toEqual([[0, ['so']], [2, ['well']]]);
  expect(runText({ ...back, id: 'a' })).toBe(text);
});

test('a run that reported nothing has no file', () => {
  expect(runText(run(0))).toBeUndefined();
});

test('what a fork has behind it is its parent’s, and grows apart from it', () => {
  const { record } = run(4);
  const fork = record.upTo(2);
  expect(fork).toMatchObject({ count: 2, capacity: 6, warmup: 1, skipped: 0, validation: [] });
  fork.push([{ ...point(3), lm: 9 }]);
  expect(fork.series('lm')[2]).toBe(9);
  expect(record.series('lm')[2]).toBe(1.625);
  expect(fork.frame(3)?.values).toEqual(record.frame(3)?.values);
  expect(fork.series('lm')[3]).toBeNaN();
});
