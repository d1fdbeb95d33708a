// `npm run make:models`: makes what lies in public/models, from nothing but this repository and a seed.
import { runBundled } from './run_bundled.mjs';

await runBundled('scripts/make_models.ts', 'make_models');
