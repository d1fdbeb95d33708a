// `npm run bench:page`: long tasks and input delay of the page while it trains.
import { buildIfStale } from './build.mjs';
import { runBundled } from './run_bundled.mjs';

await buildIfStale();
await runBundled('bench/page_tasks.ts', 'bench_page');
