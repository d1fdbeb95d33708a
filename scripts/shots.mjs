// `npm run shots`: pictures of every screen before, in and after a run, light and dark, desk and phone, in out/shots (or H3_SHOTS).
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const folder = process.env.H3_SHOTS ?? join(ROOT, 'out', 'shots');
mkdirSync(folder, { recursive: true });
const env = { ...process.env, H3_SHOTS: folder };
for (const args of [['scripts/build.mjs'], ['node_modules/playwright/cli.js', 'test', '-c', 'e2e/shots.config.ts']]) {
  const { status } = spawnSync(process.execPath, args, { cwd: ROOT, env, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
console.log(`The pictures are in ${folder}`);
