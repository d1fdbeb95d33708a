// `npm run make:models`: makes what lies in public/models, from nothing but this repository and a seed.
import { pathToFileURL } from 'node:url';
import { bundled } from './bundle.mjs';
import { gpuEnv } from './gpu_env.mjs';

Object.assign(process.env, gpuEnv());
await import(pathToFileURL(await bundled('scripts/make_models.ts', 'make_models')).href);
