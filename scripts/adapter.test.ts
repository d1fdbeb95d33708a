import { expect, test } from 'vitest';
import { nodeGpu } from '../src/headless/node_gpu';

declare module 'vitest' {
  interface TaskMeta {
    /** Repeated by `npm test` above its last line. */
    adapter?: string;
  }
}

test('Node has a GPU adapter, if only on the CPU', async ({ task }) => {
  const { adapter } = await nodeGpu();
  task.meta.adapter = adapter.name;
  expect(adapter.name).not.toBe('');
});
