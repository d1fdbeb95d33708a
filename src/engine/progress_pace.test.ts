import { expect, test } from 'vitest';
import { paced } from './progress_pace';

test('four messages a second, and the end of every model', () => {
  let now = 0;
  const seen: string[] = [];
  const push = paced(({ model, done }) => seen.push(`${model} ${String(done)}`), () => now);
  for (let done = 1; done <= 10; done++, now += 50) push({ model: 'base', done, total: 10 });
  push({ model: 'honest', done: 1, total: 2 });
  push({ model: 'honest', done: 2, total: 2 });
  expect(seen).toEqual(['base 1', 'base 6', 'base 10', 'honest 2']);
});
