// Runs a TypeScript program of this repository with what Dawn needs in its environment.
import { spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { bundled } from './bundle.mjs';
import { gpuEnv } from './gpu_env.mjs';

/**
 * In this process, or in a child where the dynamic linker has to be told: it reads LD_LIBRARY_PATH only when a process starts.
 * @param {string} entry relative to the project
 * @param {string} name of its folder in .cache/
 * @param {() => void} [prepare] called in the process that runs it, after the environment is set
 */
export async function runBundled(entry, name, prepare) {
  const added = gpuEnv();
  Object.assign(process.env, added);
  if (added.LD_LIBRARY_PATH !== undefined) {
    restart();
    return;
  }
  prepare?.();
  const file = await bundled(entry, name);
  process.setSourceMapsEnabled(true);
  await import(pathToFileURL(file).href);
}

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
