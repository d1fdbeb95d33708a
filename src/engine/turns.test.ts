import { expect, test } from 'vitest';
import { Turns } from './turns';

test('shared work lets in who waits at its borders, nobody within them, and gives the turn back when it fails', async () => {
  const turns = new Turns();
  const order: string[] = [];
  const one = (name: string): Promise<unknown> => turns.run(async () => {
    order.push(name);
    await Promise.resolve();
  });
  const long = turns.share(async (pass) => {
    order.push('a');
    void one('other');
    await new Promise((resolve) => setTimeout(resolve, 1));
    order.push('b');
    await pass();
    order.push('c');
    throw new Error('it failed');
  });
  await expect(long).rejects.toThrow('it failed');
  await one('next');
  expect(order).toEqual(['a', 'b', 'other', 'c', 'next']);
});
