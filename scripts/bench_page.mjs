// `npm run bench:page`: long tasks and input delay of the page while it trains.
import { runBundled } from './run_bundled.mjs';

await runBundled('bench/page_tasks.ts', 'bench_page');
