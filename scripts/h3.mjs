// `npm run h3 -- <command> …`: the command line, bundled once per state of src/ and run in this process.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { fingerprint } from './fingerprint.mjs';
import { gpuEnv } from './gpu_env.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const DAY = 24 * 3600 * 1000;

const added = gpuEnv();
Object.assign(process.env, added);
// npm starts scripts in the package's folder; paths on the command line are meant from where it was typed.
if (process.env.npm_lifecycle_event === 'h3' && process.env.INIT_CWD !== undefined) process.chdir(process.env.INIT_CWD);

if (added.LD_LIBRARY_PATH === undefined) {
  const file = await bundled();
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

/** @returns {Promise<string>} one file that holds the whole command line; packages stay outside it. */
async function bundled() {
  const folder = join(ROOT, '.cache', 'h3');
  const file = join(folder, `${fingerprint(ROOT, ['src', 'scripts/h3.mjs', 'package-lock.json'])}.mjs`);
  if (existsSync(file)) return file;
  const draft = `draft-${process.pid}.mjs`;
  const { build } = await import('vite');
  await build({
    root: ROOT,
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    build: {
      ssr: 'src/cli/main.ts',
      outDir: folder,
      emptyOutDir: false,
      target: 'node20',
      minify: false,
      sourcemap: 'inline',
      rolldownOptions: { output: { entryFileNames: draft, codeSplitting: false } },
    },
  });
  // Runs that start together build apart and agree on the file: a rename replaces it whole.
  renameSync(join(folder, draft), file);
  for (const name of readdirSync(folder)) {
    const old = join(folder, name);
    if ((statSync(old, { throwIfNoEntry: false })?.mtimeMs ?? Infinity) < Date.now() - DAY) rmSync(old, { force: true });
  }
  return file;
}
