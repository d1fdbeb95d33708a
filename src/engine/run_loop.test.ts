import { expect, test } from 'vitest';
import type { StepMetrics } from '../train/metrics';
import type { RunStatus } from './protocol';
import { RunLoop, type Steps } from './run_loop';
import { Turns } from './turns';

function point(step: number): StepMetrics {
  return {
    step, phase: 'tune', loss: 1, lm: 1, gate: 0, drift: [], learningRate: 1, gradientNorm: 1, skipped: false, tokens: 1, tokensPerSecond: 1,
  };
}

/** Steps that take a moment each, and a log of what the loop reported. */
function started(total: number, failAt = Infinity) {
  let done = 0;
  const statuses: RunStatus[] = [];
  const reported: number[] = [];
  const loop = new RunLoop(total, new Turns(), {
    metrics: (points) => reported.push(...points.map(({ step }) => step)),
    status: (status) => statuses.push(status),
  });
  const steps: Steps = {
    total,
    get finished() { return done >= total; },
    advance: async () => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      done += 1;
      if (done === failAt) throw new Error('NaN');
      loop.onMetrics(point(done));
    },
    drain: () => Promise.resolve(),
  };
  const reached = async (phase: string): Promise<void> => {
    while (statuses.at(-1)?.phase !== phase) await new Promise((resolve) => setTimeout(resolve, 1));
  };
  return { loop, steps, statuses, reported, reached, done: () => done };
}

test('a run reports every step once and ends finished', async () => {
  const { loop, steps, statuses, reported } = started(7);
  await loop.run(steps);
  expect(reported).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(statuses.at(-1)).toMatchObject({ phase: 'finished', step: 7, totalSteps: 7, secondsLeft: 0 });
});

test('pause stops, a single step goes on by exactly one, resume runs to the end', async () => {
  const { loop, steps, reached, done } = started(50);
  const run = loop.run(steps);
  loop.pause();
  await reached('paused');
  const before = done();
  expect(before).toBeLessThan(50);
  loop.single();
  while (done() === before) await new Promise((resolve) => setTimeout(resolve, 1));
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(done()).toBe(before + 1);
  expect(loop.status).toMatchObject({ phase: 'paused', step: before + 1 });
  loop.resume();
  await run;
  expect(done()).toBe(50);
});

test('stop ends a paused run where it stands', async () => {
  const { loop, steps, statuses, reached, done } = started(50);
  const run = loop.run(steps);
  loop.pause();
  await reached('paused');
  loop.stop();
  await run;
  expect(statuses.at(-1)).toMatchObject({ phase: 'stopped', step: done() });
  expect(done()).toBeLessThan(50);
});

test('a step that fails ends the run as failed, with the steps before it reported', async () => {
  const { loop, steps, statuses, reported } = started(9, 4);
  await expect(loop.run(steps)).rejects.toThrow('NaN');
  expect(reported).toEqual([1, 2, 3]);
  expect(statuses.at(-1)?.phase).toBe('failed');
});

test('turns never overlap, and a failed one does not stop the next', async () => {
  const turns = new Turns();
  const order: string[] = [];
  const slow = turns.run(async () => {
    order.push('in');
    await new Promise((resolve) => setTimeout(resolve, 5));
    order.push('out');
    throw new Error('no');
  });
  const next = turns.run(() => { order.push('next'); return Promise.resolve(2); });
  await expect(slow).rejects.toThrow('no');
  expect(await next).toBe(2);
  expect(order).toEqual(['in', 'out', 'next']);
});
