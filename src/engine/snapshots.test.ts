import { expect, test } from 'vitest';
import type { Snapshot } from '../train/snapshot';
import type { Trainer } from '../train/trainer';
import { measuresAfter } from './between_steps';
import type { KeptSnapshots } from './protocol';
import { PRESETS } from './recipe';
import { Snapshots } from './snapshots';

/** As much of a trainer as is kept: 100 bytes a snapshot. */
function trainer(step: number, total: number, gone: number[]): Trainer {
  const snapshot: Snapshot = { step, bytes: 100, tensors: [], dispose: () => { gone.push(step); } };
  return { step, total, finished: step >= total, snapshotBytes: 100, snapshot: () => snapshot, settled: () => Promise.resolve() } as unknown as Trainer;
}

test('ten at even spaces, none at the end, and the oldest give way', async () => {
  const heard: KeptSnapshots[] = [];
  const gone: number[] = [];
  const kept = new Snapshots((now) => heard.push(now), 400);
  for (let step = 1; step <= 400; step++) await kept.after('a', PRESETS.default, trainer(step, 400, gone));
  expect(gone).toEqual([40, 80, 120, 160, 200]);
  expect(heard.at(-1)).toEqual({ steps: { a: [240, 280, 320, 360] }, bytes: 400 });
  expect(() => kept.find('a', 200, PRESETS.default)).toThrow(/step 200 of a/);
  expect(kept.find('a', 240, { ...PRESETS.default, gateWeight: 9 }).step).toBe(240);
});

test('weights that would not fit are not kept', async () => {
  const gone: number[] = [];
  const kept = new Snapshots(() => { throw new Error('nothing changed'); }, 99);
  await kept.after('a', PRESETS.default, trainer(1, 10, gone));
  expect(kept.bytes).toBe(0);
});

test('held-out rows are asked ten times in a long run, seldom in a short one, always at the end', () => {
  const steps = (total: number): number[] => Array.from({ length: total }, (_, i) => i + 1).filter((step) => measuresAfter(step, total));
  expect(steps(400)).toEqual([40, 80, 120, 160, 200, 240, 280, 320, 360, 400]);
  expect(steps(25)).toEqual([10, 20, 25]);
});
