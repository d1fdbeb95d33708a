// `npm run film`: plays the studio in Chrome and puts the frames together as docs/studio.gif (or H3_FILM_TO); one of them is docs/studio.png. Needs ffmpeg.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const folder = join(ROOT, 'out', 'film');
const to = process.env.H3_FILM_TO ?? join(ROOT, 'docs', 'studio.gif');
/** Px; the frames are 1280 wide, the README's column 880. */
const WIDTH = 960;
const MOST_BYTES = 2 * 2 ** 20;

/** @param {string} command @param {readonly string[]} args */
function run(command, args) {
  const { status, error } = spawnSync(command, args, { cwd: ROOT, env: { ...process.env, H3_FILM: folder }, stdio: 'inherit' });
  if (error !== undefined) {
    console.error(`${command} cannot be run (${error.message}): install it, for example apt install ffmpeg`);
    process.exit(1);
  }
  if (status !== 0) process.exit(status ?? 1);
}

// Before a minute is spent on frames.
run('ffmpeg', ['-hide_banner', '-loglevel', 'error', '-version']);
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
run(process.execPath, ['scripts/build.mjs']);
run(process.execPath, ['node_modules/playwright/cli.js', 'test', '-c', 'e2e/film.config.ts']);
// One palette for all frames, no dithering: flat ink on paper stays flat, and what does not change costs nothing.
const filter = `scale=${String(WIDTH)}:-1:flags=lanczos,split[a][b];[a]palettegen=max_colors=128:stats_mode=full[p];[b][p]paletteuse=dither=none:diff_mode=rectangle`;
run('ffmpeg', ['-hide_banner', '-loglevel', 'error', '-y', '-f', 'concat', '-i', join(folder, 'frames.txt'), '-vf', filter, '-vsync', 'vfr', '-loop', '0', to]);
if (process.env.H3_FILM_TO === undefined) copyFileSync(join(folder, 'still.png'), join(ROOT, 'docs', 'studio.png'));
const { size } = statSync(to);
console.log(`${to}: ${String(Math.round(size / 1024))} KiB`);
if (size > MOST_BYTES) {
  console.error('That is more than 2 MiB: fewer frames or a smaller picture');
  process.exit(1);
}
