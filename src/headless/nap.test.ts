import { expect, test } from 'vitest';
import { napWhileWaiting } from './nap';

/** As much of a device as waits. */
function fakeDevice(work: () => Promise<undefined>, map: () => Promise<undefined>): GPUDevice {
  return { queue: { onSubmittedWorkDone: work }, createBuffer: () => ({ mapAsync: map }) } as unknown as GPUDevice;
}

const later = (): Promise<undefined> => new Promise((resolve) => setTimeout(() => { resolve(undefined); }, 100));

test('waiting for the GPU sleeps instead of asking without pause', async () => {
  const device = fakeDevice(later, later);
  napWhileWaiting(device);
  let turns = 0;
  let waiting = true;
  const count = (): void => {
    turns += 1;
    if (waiting) setImmediate(count);
  };
  setImmediate(count);
  await device.queue.onSubmittedWorkDone();
  waiting = false;
  // Without a nap a turn of the loop takes microseconds: tens of thousands in this time.
  expect(turns).toBeLessThan(2000);
});

test('a rejection comes through, and later waits still end', async () => {
  const device = fakeDevice(later, () => Promise.reject(new Error('lost')));
  napWhileWaiting(device);
  const buffer = device.createBuffer({ size: 4, usage: 0 });
  await expect(buffer.mapAsync(1)).rejects.toThrow('lost');
  await device.queue.onSubmittedWorkDone();
});
