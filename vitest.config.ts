import { defineConfig } from 'vitest/config';
import { gpuEnv } from './scripts/gpu_env.mjs';

// Before the workers start, which inherit it.
Object.assign(process.env, gpuEnv());

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'app/**/*.test.ts', 'scripts/**/*.test.ts'],
    // Every worker opens the GPU for itself; two cores carry two of them.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
