// `npm run fit:refusals`: fits the weights of the refusal classifier to the hand-labelled development rows and writes
// src/eval/refusal/learned.json. `-- --check`: fits without each third of the sets in turn and prints the agreement on it.
import { runBundled } from './run_bundled.mjs';

await runBundled('scripts/fit_refusals/main.ts', 'fit_refusals');
