// `npm test`: everything, in order: browser, types and lint, unit and kernel tests, build, end to end. The last line sums up.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureChrome } from './install_chrome.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const UNIT = join(ROOT, '.cache', 'unit.json');
const E2E = join(ROOT, '.cache', 'e2e.json');
const total = { passed: 0, failed: 0, skipped: 0 };
/** @type {string[]} */
const notes = [];
/** @type {string[]} */
const skips = [];

/** @param {string} title @param {string[]} args to node */
function stage(title, args) {
  console.log(`\n== ${title}`);
  const started = Date.now();
  const { status } = spawnSync(process.execPath, args, { cwd: ROOT, stdio: 'inherit' });
  notes.push(`${title}: ${status === 0 ? 'ok' : 'FAILED'}, ${Math.round((Date.now() - started) / 1000)} s`);
  return status === 0;
}

/**
 * Adds a runner's counts; a run that failed without a failed test, or wrote no report, counts as one failure.
 * @param {boolean} good @param {{ passed: number, failed: number, skipped: number }} counts
 */
function add(good, counts) {
  total.passed += counts.passed;
  total.skipped += counts.skipped;
  total.failed += good ? counts.failed : Math.max(counts.failed, 1);
}

const NOTHING = { passed: 0, failed: 0, skipped: 0 };

/** @param {string} file @returns {unknown} */
const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** @typedef {{ fullName: string, status: string, meta?: { adapter?: string } }} UnitCase */
/** @typedef {{ assertionResults: UnitCase[] }} UnitFile */

function unit() {
  const good = stage('unit and kernel tests', [
    'node_modules/vitest/vitest.mjs', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${UNIT}`,
  ]);
  if (!existsSync(UNIT)) {
    add(good, NOTHING);
    return;
  }
  const report = /** @type {{ testResults: UnitFile[] }} */ (readJson(UNIT));
  const cases = report.testResults.flatMap((file) => file.assertionResults);
  const count = (/** @type {string} */ status) => cases.filter((entry) => entry.status === status).length;
  const passed = count('passed');
  const failed = count('failed');
  add(good, { passed, failed, skipped: cases.length - passed - failed });
  for (const { fullName, status, meta } of cases) {
    if (status !== 'passed' && status !== 'failed') skips.push(`skipped: ${fullName}`);
    if (meta?.adapter !== undefined) notes.push(`GPU adapter in Node: ${meta.adapter}`);
  }
}

/** @typedef {{ type: string, description?: string }} Annotation */
/** @typedef {{ title: string, tests: { status: string, annotations: Annotation[] }[] }} Spec */
/** @typedef {{ suites?: Suite[], specs?: Spec[] }} Suite */

function endToEnd() {
  const good = stage('end to end', ['node_modules/playwright/cli.js', 'test', '-c', 'e2e']);
  if (!existsSync(E2E)) {
    add(good, NOTHING);
    return;
  }
  const report = /** @type {Suite & { stats: { expected: number, flaky: number, unexpected: number, skipped: number } }} */ ( readJson(E2E) );
  const { expected, flaky, unexpected, skipped } = report.stats;
  add(good, { passed: expected + flaky, failed: unexpected, skipped });
  /** @param {Suite} suite */
  const visit = (suite) => {
    for (const spec of suite.specs ?? []) {
      for (const { status, annotations } of spec.tests) {
        const reason = annotations.find((entry) => entry.type === 'skip')?.description ?? 'no reason given';
        if (status === 'skipped') skips.push(`skipped: ${spec.title} (${reason})`);
        for (const entry of annotations) if (entry.type === 'adapter') notes.push(`GPU adapter in Chromium: ${entry.description ?? ''}`);
      }
    }
    for (const inner of suite.suites ?? []) visit(inner);
  };
  visit(report);
}

function browser() {
  try {
    console.log(`Browser: ${ensureChrome()}`);
    return true;
  } catch (error) {
    notes.push(`end to end: FAILED, ${error instanceof Error ? error.message : String(error)}`);
    add(false, NOTHING);
    return false;
  }
}

/** @param {number} port @returns {Promise<boolean>} */
const isFree = (port) => new Promise((resolve) => {
  const server = createServer().once('error', () => resolve(false));
  server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
});

/** The end-to-end tests serve the site on two neighbouring ports: another run on this machine must not stand in their way. */
async function freePorts() {
  for (let port = 4131; port < 4331; port += 2) if (await isFree(port) && await isFree(port + 1)) return port;
  throw new Error('no two free ports from 4131 on');
}

mkdirSync(join(ROOT, '.cache'), { recursive: true });
for (const file of [UNIT, E2E]) rmSync(file, { force: true });
const chrome = browser();
add(stage('types and lint', ['scripts/check.mjs']), NOTHING);
unit();
const built = stage('build', ['scripts/build.mjs']);
add(built, NOTHING);
process.env.H3_E2E_PORT ??= String(await freePorts());
if (built && chrome) endToEnd();

console.log(`\n${[...skips, ...notes].join('\n')}\n`);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed === 0 ? 0 : 1;
