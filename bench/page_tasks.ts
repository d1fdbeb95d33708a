// How long the page's thread is kept from a visitor while a model is trained in the tab: `npm run bench:page -- [--seconds 20] [--screens train,inspect]`.
// Serves the studio, built where it has changed, trains on the adapter that Chrome has, stays on each screen for a while, presses keys
// meanwhile, and prints one line a screen and one of JSON. Tasks are those that the browser itself calls long (Long Tasks API: over
// 50 ms); `ours` of them ran script of the studio for over 50 ms (Long Animation Frames API); input is Event Timing's duration.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chromium, type Page } from 'playwright';
import { SCREENS, type Screen } from '../app/shell/screens';
import { strings } from '../app/strings';
import { findChrome, quietArgs, webgpuArgs } from '../scripts/find_chrome.mjs';

const PORT = 4199;
const URL_ = `http://127.0.0.1:${String(PORT)}/`;
const LONG = 50;
/** Of the run: longer than anybody looks. */
const STEPS = '20000';
const seconds = Number(option('seconds') ?? 20);
if (!(seconds > 0)) throw new Error('--seconds: expected a number above 0');
const asked = option('screens')?.split(',');
const chosen = SCREENS.filter((screen) => asked?.includes(screen) ?? true);
if (chosen.length === 0) throw new Error(`--screens: expected some of ${SCREENS.join(', ')}`);

interface Seen {
  /** ms. */
  readonly tasks: readonly number[];
  /** ms of script in one frame, of frames that took long. */
  readonly scripts: readonly { readonly ms: number; readonly what: string }[];
  readonly inputs: readonly number[];
}

const server = spawn(process.execPath, ['scripts/start.mjs', '--no-open', '--no-build', '--strict-port', '--port', String(PORT), '--base', '/'], { stdio: ['ignore', 'pipe', 'inherit'] });
const executablePath = findChrome();
if (executablePath === undefined) throw new Error('no Chrome or Chromium was found: npm test installs one');
await once(server.stdout, 'data');
const browser = await chromium.launch({ executablePath, args: ['--headless=new', '--enable-unsafe-webgpu', ...quietArgs(), ...webgpuArgs()] });
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.addInitScript(watch);
  await page.goto(URL_);
  const moving = await movingAfter(page);
  console.log(`recorded run moves ${moving.toFixed(0)} ms after navigation`);
  await startRun(page);
  const screens: Record<string, unknown> = {};
  for (const screen of chosen) screens[screen] = await onScreen(page, screen);
  console.log(JSON.stringify({ recordedRunMovesMs: Math.round(moving), screens }));
} finally {
  await browser.close();
  server.kill('SIGTERM');
}

function option(name: string): string | undefined {
  const at = process.argv.indexOf(`--${name}`);
  return at === -1 ? undefined : process.argv[at + 1];
}

/** In the page: keeps what the browser reports. */
function watch(): void {
  const seen = { tasks: [] as number[], scripts: [] as { ms: number; what: string }[], inputs: [] as number[] };
  Object.assign(globalThis, { seenTasks: seen });
  new PerformanceObserver((list) => { for (const { duration } of list.getEntries()) seen.tasks.push(duration); }).observe({ type: 'longtask' });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const { scripts } = entry as PerformanceEntry & { readonly scripts: readonly { readonly duration: number; readonly invoker: string }[] };
      for (const { duration, invoker } of scripts) seen.scripts.push({ ms: duration, what: invoker });
    }
  }).observe({ type: 'long-animation-frame' });
  new PerformanceObserver((list) => { for (const { duration } of list.getEntries()) seen.inputs.push(duration); }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
}

/** ms from navigation until a word of the recorded answer stands. */
async function movingAfter(page: Page): Promise<number> {
  await page.waitForFunction(() => document.querySelectorAll('main [role="option"]').length > 1);
  return page.evaluate(() => performance.now());
}

async function startRun(page: Page): Promise<void> {
  await page.goto(`${URL_}#fuse`);
  const fuse = page.getByRole('button', { name: strings.recipe.fuse });
  await page.getByRole('textbox', { name: strings.recipe.fields.steps, exact: true }).fill(STEPS);
  await fuse.click({ timeout: 120_000 });
  await page.getByRole('banner').getByRole('status').first().filter({ hasText: /^Live/ }).waitFor({ timeout: 240_000 });
  await page.waitForTimeout(5000);
}

async function onScreen(page: Page, screen: Screen): Promise<object> {
  await page.getByRole('link', { name: strings.header.screens[screen], exact: true }).click();
  // Lines of a whole run beside the growing one: what a chart costs at its end.
  if (screen === 'train') await page.getByRole('checkbox', { name: strings.train.runs.overlay(strings.train.runs.recorded), exact: true }).check();
  await page.waitForTimeout(2000);
  await page.evaluate(() => { const { seenTasks: seen } = globalThis as unknown as { seenTasks: { tasks: number[]; scripts: object[]; inputs: number[] } }; seen.tasks.length = seen.scripts.length = seen.inputs.length = 0; });
  for (let second = 0; second < seconds; second++) {
    await page.keyboard.press('Tab');
    await page.waitForTimeout(1000);
  }
  const seen = await page.evaluate(() => (globalThis as unknown as { seenTasks: Seen }).seenTasks);
  const ours = seen.scripts.filter(({ ms }) => ms > LONG);
  const worst = [...seen.scripts].sort((a, b) => b.ms - a.ms)[0];
  const figures = {
    seconds, longTasks: seen.tasks.length, longest: round(Math.max(0, ...seen.tasks)), ours: ours.length,
    longestScript: round(worst?.ms ?? 0), by: worst?.what ?? '', inputs: seen.inputs.length, slowestInput: round(Math.max(0, ...seen.inputs)),
  };
  console.log(`${screen}: ${String(figures.longTasks)} tasks over ${String(LONG)} ms in ${String(seconds)} s (longest ${String(figures.longest)} ms), ${String(figures.ours)} of our script `
    + `(longest ${String(figures.longestScript)} ms${figures.by === '' ? '' : `, ${figures.by}`}); slowest input ${String(figures.slowestInput)} ms`);
  return figures;
}

function round(ms: number): number {
  return Math.round(ms);
}
