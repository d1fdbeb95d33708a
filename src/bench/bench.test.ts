import { expect, test } from 'vitest';
import { testScope } from '../testing/device';
import { TINY } from '../testing/tiny_model';
import { benchDecode } from './decode_bench';
import { benchStep } from './step_bench';
import { median } from './synthetic_model';

test('the step and decoding benchmarks give times for a routed model, and free what they took', async () => {
  const { gpu } = await testScope();
  // Pages of uniforms stay for the next plan.
  const held = (): number => gpu.ledger.entries().filter(({ label }) => label !== 'uniforms').length;
  const before = held();
  const step = await benchStep(gpu, { config: TINY, batch: 2, length: 8, steps: 2 });
  expect(step.steps).toBe(2);
  expect(step.tokensPerSecond).toBeCloseTo((16 * 1000) / step.millisecondsPerStep);
  const decode = await benchDecode(gpu, { config: TINY, promptTokens: 4, newTokens: 3 });
  expect(decode.tokensPerSecond).toBeCloseTo(1000 / decode.millisecondsPerToken);
  expect(held()).toBe(before);
});

test('a median is the middle, or the mean of the two in the middle', () => {
  expect([median([3, 1, 2]), median([4, 1, 2, 9]), median([])]).toEqual([2, 3, NaN]);
});
