// TypeScript with `?raw` imports as one file that Node runs: bundled by Vite once per state of the sources, kept in .cache/.
import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fingerprint } from './fingerprint.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const DAY = 24 * 3600 * 1000;

/**
 * @param {string} entry a TypeScript file, relative to the project
 * @param {string} name of its folder in .cache/
 * @returns {Promise<string>} the bundle's path; packages stay outside it
 */
export async function bundled(entry, name) {
  const folder = join(ROOT, '.cache', name);
  const file = join(folder, `${fingerprint(ROOT, ['src', 'bench', 'scripts', 'package-lock.json'])}.mjs`);
  if (existsSync(file)) return file;
  const draft = `draft-${process.pid}.mjs`;
  const { build } = await import('vite');
  await build({
    root: ROOT,
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    build: {
      ssr: entry,
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
  for (const old of readdirSync(folder).map((found) => join(folder, found))) {
    if ((statSync(old, { throwIfNoEntry: false })?.mtimeMs ?? Infinity) < Date.now() - DAY) rmSync(old, { force: true });
  }
  return file;
}
