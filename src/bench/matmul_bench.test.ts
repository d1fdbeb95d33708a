import { expect, test } from 'vitest';
import { testScope } from '../testing/device';
import { benchMatmul, matmulLine } from './matmul_bench';

test('the matmul benchmark gives a rate for every layout and frees what it took', async () => {
  const { gpu } = await testScope();
  const before = gpu.ledger.entries().filter(({ label }) => label.startsWith('matmul bench')).length;
  const figures = await benchMatmul(gpu, { sizes: [64], rounds: 1 });
  expect(figures.map(({ layout }) => layout)).toEqual(['abt', 'ab', 'atb']);
  for (const figure of figures) {
    expect(figure.chosen).toBe(true);
    expect(figure.gflops).toBeGreaterThan(0);
    expect(matmulLine(figure)).toContain('GFLOP/s');
  }
  expect(gpu.ledger.entries().filter(({ label }) => label.startsWith('matmul bench'))).toHaveLength(before);
});
