import { MORE_STRIPS, STRIPS } from '../app/train/measures';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { strings } from '../app/strings';
import { EXPERTS } from '../src/engine/protocol';
import { storedFiles } from '../src/testing/stored_zip';
import { expectAccessible } from './axe';
import { expect, test } from './fixtures';
import { MOST_IN_A_SECOND, mostInASecond } from './live_log';
import { SLOW } from './pages/studio_page';

const { driftMap, radar, report, tradeoff } = strings;
const ROOT = new URL('..', import.meta.url).pathname;
const STEPS = 3;
const PROMPT = 'are bats blind? =>';

test('measured, drawn as a radar and as a trade-off, mapped, reported, and saved as a model that the command line opens', async ({ live, studio }, info) => {
  test.setTimeout(900_000);
  const { page, evaluate, recipe } = studio;
  await studio.openReady();
  await recipe.setSmall(STEPS);
  await recipe.fuse.click();
  await studio.expectLive();
  await studio.expectCanFuse();
  await studio.show('evaluate');

  // A mix of one's own: measured on a few rows, seen, told and undone; one under way can be stopped.
  await page.getByRole('group', { name: tradeoff.mix.rows }).getByRole('radio', { name: '12' }).check();
  await evaluate.weigh('helpful', 20);
  await evaluate.weigh('harmless', 0);
  await evaluate.weigh('honest', 0);
  const mixed = await live.during(async () => {
    await evaluate.mix.click();
    await expect(page.getByRole('progressbar', { name: tradeoff.mix.progress })).toBeVisible();
    await expect(page.getByText(/^Mix 1: helpful \d+, harmless \d+, honest \d+\.$/)).toBeVisible({ timeout: SLOW });
  });
  expect(mixed.map(({ text }) => text)).toEqual([tradeoff.mix.status, expect.stringMatching(/^Mix 1: /)]);
  await page.getByRole('button', { name: tradeoff.showTable }).first().click();
  await expect(page.getByRole('row', { name: /^Mix 1 ?1\.00 : 0\.00 : 0\.00/ })).toBeVisible();
  const rows = page.getByRole('group', { name: tradeoff.mix.rows });
  await evaluate.weigh('harmless', 20);
  await rows.getByRole('radio', { name: '60' }).check();
  await evaluate.mix.click();
  await page.getByRole('main').getByRole('button', { name: tradeoff.mix.stop, exact: true }).click();
  await expect(evaluate.mix).toBeEnabled({ timeout: SLOW });
  await expect(page.getByRole('rowheader', { name: /^Mix 2/ })).toHaveCount(0);
  await rows.getByRole('radio', { name: '12' }).check();
  await evaluate.mix.click();
  await expect(page.getByText(/^Mix 2: /)).toBeVisible({ timeout: SLOW });
  await page.getByRole('button', { name: tradeoff.mix.undo }).click();
  await expect(page.getByRole('rowheader', { name: /^Mix 2/ })).toHaveCount(0);
  await expect(page.getByRole('rowheader', { name: /^Mix 1/ })).toHaveCount(1);

  await evaluate.start.click();
  await expect(evaluate.row('base').first()).toBeVisible({ timeout: 4 * SLOW });
  await evaluate.stop.click();
  await expect(evaluate.start).toBeEnabled({ timeout: SLOW });

  await evaluate.view('radar');
  await expect(evaluate.picture(/^Radar of helpful, harmless and honest\. .*Fused: helpful \d+/)).toBeVisible();
  await expect(page.locator('svg g[data-model]')).toHaveCount(2);
  await page.getByRole('checkbox', { name: strings.models.base }).uncheck();
  await expect(page.locator('svg g[data-model]')).toHaveCount(1);
  await page.getByRole('checkbox', { name: strings.models.base }).check();
  await expect(page.getByRole('table', { name: radar.caption }).getByRole('row')).toHaveCount(3);
  await expect(evaluate.picture(/3 points; up: helpful, to the right: harmless/)).toBeVisible();
  await page.getByRole('combobox', { name: tradeoff.axes }).selectOption('honest harmless');
  await expect(evaluate.picture(/3 points; up: harmless, to the right: honest/)).toBeVisible();

  const mapped = await live.during(async () => {
    await evaluate.drawMap.click();
    await expect(evaluate.picture(/Places of Base, Helpful, .*Fused for each kind/)).toBeVisible({ timeout: 2 * SLOW });
  });
  const read = mapped.map(({ text }) => text).filter((text) => text !== '');
  expect(read).toHaveLength(new Set(read).size);
  for (const model of ['base', ...EXPERTS, 'fused'] as const) expect(read).toContain(driftMap.status(strings.models[model]));
  expect(mostInASecond(mapped)).toBeLessThanOrEqual(MOST_IN_A_SECOND);
  await page.getByRole('button', { name: tradeoff.showTable }).last().click();
  await expect(page.getByRole('table', { name: driftMap.caption }).getByRole('row')).toHaveCount(11);
  for (const theme of ['light', 'dark'] as const) {
    await studio.theme(theme);
    await expectAccessible(page, `evaluate, drawn, ${theme}`);
  }
  await studio.expectNoSideScroll(320);

  const text = readFileSync(await (await evaluate.saved('report')).path(), 'utf8');
  const fused = (await evaluate.scores('fused'))[3] ?? NaN;
  for (const part of [report.command, '--steps 3', '--warmup-steps 0', '--batch 4', strings.models.base, fused.toFixed(1), report.mixes, report.map, report.stepsOf('3', '3')]) expect(text).toContain(part);
  expect(text).not.toContain(report.commandPulled);
  expect(text.match(/<svg/g)).toHaveLength(STRIPS.length + MORE_STRIPS.length);
  // The file stands alone: another page shows it, and nothing is asked of a server.
  const alone = await page.context().newPage();
  const asked: string[] = [];
  alone.on('request', (request) => asked.push(request.url()));
  await alone.setContent(text);
  await expect(alone.getByRole('heading', { name: report.title })).toBeVisible();
  expect(asked).toEqual([]);
  await alone.close();

  const csv = readFileSync(await (await evaluate.saved('run')).path(), 'utf8').trimEnd().split('\n');
  expect(csv).toHaveLength(1 + STEPS);

  const download = await evaluate.saved('model');
  expect(download.suggestedFilename()).toBe('h3fusion_model.zip');
  const folder = info.outputPath('model');
  mkdirSync(folder, { recursive: true });
  for (const [name, { bytes }] of storedFiles(readFileSync(await download.path()))) writeFileSync(join(folder, name), bytes);
  const { status, stdout, stderr } = spawnSync(
    process.execPath, ['scripts/h3.mjs', 'generate', '--model', folder, '--prompt', PROMPT, '--max-new-tokens', '12', '--json'], { cwd: ROOT, encoding: 'utf8' },
  );
  expect(status, stderr).toBe(0);
  const { text: answer } = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as { text: string };
  expect(answer.length).toBeGreaterThan(0);
});
