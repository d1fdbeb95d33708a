import { expect, test } from 'vitest';
import { Busy } from './busy';

/** Work that lasts until it is told to end. */
function held(): { readonly work: () => Promise<void>; readonly end: () => void } {
  let end: () => void = () => undefined;
  const over = new Promise<void>((resolve) => { end = resolve; });
  return { work: () => over, end: () => { end(); } };
}

const nothing = (): Promise<void> => Promise.resolve();
const refusedBy = (file: string) => ({ code: 'bad-option', detail: { file } });

test('while models are replaced nothing begins that would read those before', async () => {
  const busy = new Busy();
  const { work, end } = held();
  const changed = busy.change(work);
  for (const begun of [busy.fuse(nothing), busy.align(nothing), busy.measure(nothing)]) {
    await expect(begun).rejects.toMatchObject(refusedBy('the change of models or rows'));
  }
  expect(() => { busy.requireQuiet(); }).not.toThrow();
  end();
  await changed;
  await busy.fuse(nothing);
});

test('a run is measured beside, but models stay; a measurement keeps alignments away, not runs', async () => {
  const busy = new Busy();
  const [run, measurement] = [held(), held()];
  const fused = busy.fuse(run.work);
  expect(busy.fusing).toBe(true);
  const measured = busy.measure(measurement.work);
  await expect(busy.align(nothing)).rejects.toMatchObject(refusedBy('the run'));
  run.end();
  await fused;
  await expect(busy.align(nothing)).rejects.toMatchObject(refusedBy('the measurement'));
  expect(() => { busy.requireQuiet(); }).toThrow('the measurement');
  await busy.fuse(nothing);
  measurement.end();
  await measured;
  await busy.align(() => busy.change(nothing));
});

test('work that fails leaves the way free', async () => {
  const busy = new Busy();
  await expect(busy.fuse(() => Promise.reject(new Error('it failed')))).rejects.toThrow('it failed');
  await busy.align(nothing);
});
