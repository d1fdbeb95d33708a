// `npm run h3 -- <command> …`: the command line, bundled once per state of src/ and run in this process.
import { spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { bundled } from './bundle.mjs';
import { gpuEnv } from './gpu_env.mjs';

const added = gpuEnv();
Object.assign(process.env, added);
// npm starts scripts in the package's folder; paths on the command line are meant from where it was typed.
if (process.env.npm_lifecycle_event === 'h3' && process.env.INIT_CWD !== undefined) process.chdir(process.env.INIT_CWD);

if (added.LD_LIBRARY_PATH === undefined) {
  const file = await bundled('src/cli/main.ts', 'h3');
  process.setSourceMapsEnabled(true);
  await import(pathToFileURL(file).href);
} else {
  restart();
}

/** The dynamic linker reads LD_LIBRARY_PATH only when a process starts. */
function restart() {
  const child = spawn(process.execPath, process.argv.slice(1), { stdio: 'inherit' });
  // A terminal sends SIGINT to the child too; waiting for it keeps its exit code.
  process.on('SIGINT', () => undefined);
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP'])) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}
