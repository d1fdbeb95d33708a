// `npm run bench:browser`: the matmul benchmark in Chromium and in Node, in one run.
import { runBundled } from './run_bundled.mjs';

await runBundled('bench/chromium_matmul.ts', 'bench');
