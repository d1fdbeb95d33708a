import { expect, test } from 'vitest';
import { duration, Progress } from './progress';

function lines(isTTY: boolean, use: (progress: Progress) => void): string[] {
  const written: string[] = [];
  use(new Progress('steps', { isTTY, write: (line: string) => written.push(line) }));
  return written;
}

test('progress shows the first and the last step at once, and says how long is left', () => {
  const written = lines(false, (progress) => { for (let i = 1; i <= 100; i++) progress.show(i, 100, 'loss 2'); });
  expect(written).toHaveLength(2);
  expect(written[0]).toMatch(/^steps 1\/100, \d+ s left · loss 2\n$/);
  expect(written[1]).toMatch(/^steps 100\/100, \d+ s · loss 2\n$/);
});

test('progress rewrites its line on a terminal and ends it once', () => {
  const written = lines(true, (progress) => {
    progress.show(1, 1);
    progress.end();
    progress.end();
  });
  expect(written).toEqual([expect.stringMatching(/^\r\u001b\[Ksteps 1\/1/), '\n']);
});

test('durations are read in the unit that fits them', () => {
  expect([999, 59_400, 61_000, 3_725_000].map(duration)).toEqual(['1 s', '59 s', '1 min 1 s', '1 h 2 min']);
});
