// `npm run h3 -- <command> …`: the command line, bundled once per state of src/.
import { fileURLToPath } from 'node:url';
import { sourcesHash } from './fingerprint.mjs';
import { runBundled } from './run_bundled.mjs';

/** What decides the result of a study: parts that other sources have finished are not taken over. */
const DECISIVE = ['data', 'errors', 'eval', 'formats', 'fusion', 'gpu', 'kernels', 'model', 'random.ts', 'study', 'train', 'world'];

await runBundled('src/cli/main.ts', 'h3', () => {
  process.env.H3_SOURCES = sourcesHash(fileURLToPath(new URL('../src', import.meta.url)), DECISIVE);
  // npm starts scripts in the package's folder; paths on the command line are meant from where it was typed.
  if (process.env.npm_lifecycle_event === 'h3' && process.env.INIT_CWD !== undefined) process.chdir(process.env.INIT_CWD);
});
