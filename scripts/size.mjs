// `npm run -s size`: builds, and prints what a first visit loads before anything is clicked, as one JSON object.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const DIST = join(ROOT, 'dist');

const { status, stderr } = spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: ROOT, encoding: 'utf8' });
if (status !== 0) throw new Error(`the build failed: ${stderr}`);

/** @param {string} file relative to dist @returns {number} KiB */
const gzipped = (file) => gzipSync(readFileSync(join(DIST, file)), { level: 9 }).length / 1024;
const page = readFileSync(join(DIST, 'index.html'), 'utf8');
/** @param {RegExp} pattern */
const named = (pattern) => [...page.matchAll(pattern)].map(([, file = '']) => file.replace(/^\.?\//, ''));
// Vite names beside the entry all chunks that it imports statically.
const scripts = [...new Set([...named(/<script[^>]+src="([^"]+\.js)"/g), ...named(/<link[^>]+rel="modulepreload"[^>]+href="([^"]+\.js)"/g)])];
const styles = named(/<link[^>]+rel="stylesheet"[^>]+href="([^"]+\.css)"/g);
/** @param {readonly string[]} files */
const sum = (files) => Number(files.reduce((total, file) => total + gzipped(file), 0).toFixed(1));

console.log(JSON.stringify({ initialJsGzipKiB: sum(scripts), initialCssGzipKiB: sum(styles), scripts }));
