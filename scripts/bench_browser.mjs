// `npm run bench:browser`: the matmul benchmark in Chromium and in Node, in one run.
import { pathToFileURL } from 'node:url';
import { bundled } from './bundle.mjs';
import { gpuEnv } from './gpu_env.mjs';

Object.assign(process.env, gpuEnv());
await import(pathToFileURL(await bundled('bench/chromium_matmul.ts', 'bench')).href);
