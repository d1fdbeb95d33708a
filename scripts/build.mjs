// `npm run build`: the static site in dist/. `buildIfStale` spares an unchanged one.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { fingerprint } from './fingerprint.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const KEY = join(ROOT, '.cache', 'dist.key');
const SOURCES = ['index.html', 'app', 'src', 'public', 'vite.config.ts', 'scripts/csp.mjs', 'scripts/precache.mjs', 'package-lock.json'];

export async function buildAlways() {
  const key = fingerprint(ROOT, SOURCES);
  try {
    await build({ root: ROOT, logLevel: 'warn' });
  } catch (error) {
    // Vite has said "Build failed"; the bundler's own stack says nothing about our code.
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(1);
  }
  mkdirSync(join(ROOT, '.cache'), { recursive: true });
  writeFileSync(KEY, key);
}

export async function buildIfStale() {
  const built = existsSync(join(ROOT, 'dist', 'index.html')) && existsSync(KEY) ? readFileSync(KEY, 'utf8') : '';
  if (built === fingerprint(ROOT, SOURCES)) return;
  console.log('Building the studio …');
  await buildAlways();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildAlways();
