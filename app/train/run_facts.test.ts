import { expect, test } from 'vitest';
import { PRESETS } from '../../src/engine/recipe';
import type { StepMetrics } from '../../src/train/metrics';
import { leversAt } from '../store/levers';
import type { Run } from '../store/run';
import { RunRecord } from '../store/run_record';
import { factsOf, lossesOf, unlike } from './run_facts';

const point = (step: number): StepMetrics => ({
  step, phase: 'tune', loss: 2, lm: 1.5, gate: 0.25, drift: [0, 0, 0], learningRate: 1, gradientNorm: 1, skipped: false, tokens: 1, tokensPerSecond: 1,
});
const run = (change: Partial<Run> = {}): Run => ({ id: 'a', since: 1, name: 'Run 1', recipe: PRESETS.default, record: new RunRecord(4, 3), takes: [], marks: [], ...change });

test('a recipe is told by what it has otherwise', () => {
  const { gateWeight } = PRESETS.default;
  expect(unlike({ ...PRESETS.default, gateWeight: 5, seed: 2, attention: true }, PRESETS.default))
    .toEqual([`λ ${String(gateWeight)} → 5`, 'attention off → on', 'seed 1 → 2']);
  expect(unlike({ ...PRESETS.default, steps: 7, warmupSteps: 2 }, { ...PRESETS.default, steps: 9, warmupSteps: 3 })).toEqual(['steps after the warm-up 9 → 7', 'router warm-up, steps 3 → 2']);
  expect(unlike(PRESETS.default, PRESETS.default)).toEqual([]);
});

test('a fork says of whom, a lever when, and the same recipe that it is the same', () => {
  const before = run();
  expect(factsOf(run({ marks: [{ step: 3, field: 'drift', from: 0, to: 1 }] }), before)).toBe('the same recipe; γ 0 → 1 after step 3');
  const fork = run({ parent: { name: 'Run 1', step: 2 }, recipe: { ...PRESETS.default, drift: 1 }, marks: [{ step: 2, field: 'drift', from: PRESETS.default.drift, to: 1 }] });
  expect(factsOf(fork, before)).toBe(`goes on from Run 1 after step 2; γ ${String(PRESETS.default.drift)} → 1`);
  expect(factsOf(before, undefined)).toContain('λ ');
});

test('the last losses are those of the last step', () => {
  const record = new RunRecord(4, 3);
  record.push([point(1), { ...point(2), lm: 0.00526 }]);
  expect(lossesOf(run({ record }))).toBe('last step: language 0.0053, gate 0.250, total 2.00');
});

test('levers stand as they were pulled last, also before a fork changed them', () => {
  const recipe = { ...PRESETS.default, gateWeight: 0.1 };
  const pulled = [{ step: 10, field: 'gateWeight', from: 0.1, to: 1 }, { step: 20, field: 'gateWeight', from: 1, to: 2 }] as const;
  expect([5, 10, 19, 30].map((step) => leversAt({ recipe, marks: pulled }, step).gateWeight)).toEqual([0.1, 1, 1, 2]);
  // The recipe of a fork has what it began with; its marks say what was before.
  expect(leversAt({ recipe: { ...recipe, gateWeight: 2 }, marks: pulled }, 5).gateWeight).toBe(0.1);
});
