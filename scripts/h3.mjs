// `npm run h3 -- <command> …`: the command line, bundled once per state of src/.
import { runBundled } from './run_bundled.mjs';

await runBundled('src/cli/main.ts', 'h3', () => {
  // npm starts scripts in the package's folder; paths on the command line are meant from where it was typed.
  if (process.env.npm_lifecycle_event === 'h3' && process.env.INIT_CWD !== undefined) process.chdir(process.env.INIT_CWD);
});
