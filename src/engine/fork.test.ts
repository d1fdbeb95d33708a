import { expect, test } from 'vitest';
import type { StepMetrics } from '../train/metrics';
import { studio } from '../testing/tiny_studio';
import type { Event } from './protocol';
import { PRESETS, type RunRecipe } from './recipe';

const RECIPE: RunRecipe = { ...PRESETS.default, steps: 8, warmupSteps: 2, batch: 3, gateWeight: 0.5 };

const points = (events: readonly Event[]): StepMetrics[] => events.flatMap((event) => (event.type === 'metrics' ? event.points : []));
/** What a step computed; its time is the machine's. */
const computed = ({ tokensPerSecond: _, ...others }: StepMetrics): unknown => others;

test.each(['lora', 'full'] as const)('a fork with the same levers repeats its parent’s steps to the bit, %s', async (train) => {
  const { events, ask } = studio();
  await ask({ type: 'open', id: 1, modelsUrl: '' });
  await ask({ type: 'fuse', id: 2, recipe: { ...RECIPE, train }, run: 'a' });
  const kept = events.flatMap((event) => (event.type === 'snapshots' ? [event.kept] : [])).at(-1);
  expect(kept?.steps).toEqual({ a: [1, 2, 3, 4, 5, 6, 7, 8, 9] });
  expect(kept?.bytes).toBeGreaterThan(0);
  const parent = points(events);
  for (const step of [1, 5]) {
    const before = events.length;
    expect(await ask({ type: 'fuse', id: 10 + step, recipe: { ...RECIPE, train }, run: `fork ${String(step)}`, from: { run: 'a', step } })).toMatchObject({ reason: 'end' });
    const fork = events.slice(before);
    expect(fork.find((event) => event.type === 'runState')).toMatchObject({ status: { phase: 'preparing', step, totalSteps: 10 } });
    expect(points(fork).map(computed)).toEqual(parent.slice(step).map(computed));
  }
}, 120_000);

test('a fork with another learning rate goes its own way, and one that differs in more is refused', async () => {
  const { events, ask } = studio();
  await ask({ type: 'open', id: 1, modelsUrl: '' });
  await ask({ type: 'fuse', id: 2, recipe: RECIPE, run: 'a' });
  const parent = points(events);
  const before = events.length;
  await ask({ type: 'fuse', id: 3, recipe: { ...RECIPE, learningRate: 0.01, gateWeight: 2 }, run: 'b', from: { run: 'a', step: 5 } });
  const fork = points(events.slice(before));
  expect(fork.map(({ step }) => step)).toEqual([6, 7, 8, 9, 10]);
  // The weights of its first step are the parent's, what it makes of them is not.
  expect(fork[0]?.lm).toBe(parent[5]?.lm);
  expect(fork[0]?.loss).not.toBe(parent[5]?.loss);
  expect(fork[1]?.lm).not.toBe(parent[6]?.lm);
  expect(await ask({ type: 'fuse', id: 4, recipe: { ...RECIPE, batch: 2 }, run: 'c', from: { run: 'a', step: 5 } }))
    .toMatchObject({ type: 'failed', error: { code: 'bad-option', detail: { field: 'batch' } } });
  expect(await ask({ type: 'fuse', id: 5, recipe: RECIPE, run: 'd', from: { run: 'a', step: 10 } }))
    .toMatchObject({ type: 'failed', error: { detail: { field: 'step' } } });
  expect((await ask({ type: 'generate', id: 6, model: 'fused', prompt: 'abc', maxNewTokens: 2, temperature: 0, topP: 1, seed: 1 })).type).toBe('done');
}, 120_000);

test('held-out rows are asked at the end of a run, and their loss is no guess', async () => {
  const { events, ask } = studio();
  await ask({ type: 'open', id: 1, modelsUrl: '' });
  await ask({ type: 'fuse', id: 2, recipe: RECIPE });
  const validated = events.flatMap((event) => (event.type === 'validated' ? [event] : []));
  expect(validated.map(({ step }) => step)).toEqual([10]);
  expect(validated[0]?.loss).toBeGreaterThan(0);
  expect(validated[0]?.loss).toBeLessThan(2 * Math.log(31));
  expect(events.some(({ type }) => type === 'snapshots')).toBe(false);
}, 120_000);
