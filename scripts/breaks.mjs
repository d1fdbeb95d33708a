import { runBundled } from './run_bundled.mjs';

await runBundled('scripts/breaks.ts', 'breaks');
