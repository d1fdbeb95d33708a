import { readFileSync } from 'node:fs';
import { SCREENS } from '../app/shell/screens';
import { strings } from '../app/strings';
import { expectAccessible } from './axe';
import { expect, test } from './fixtures';
import { SLOW } from './pages/studio_page';

const { notice, own, around: { lesson } } = strings;

test('a part that cannot be fetched says so in its place, with diagnostics, and the screens go on', async ({ studio }) => {
  const { page } = studio;
  await page.route(/LessonDialog-.*\.js/, (route) => route.abort());
  studio.expectComplaint(/LessonDialog|Failed to (load|fetch)|ERR_FAILED/);
  await studio.open('./#fuse');
  await page.getByRole('button', { name: lesson.make }).click();
  await expect(studio.notice()).toContainText(notice.titles.unexpected);
  await expect(studio.notice().getByRole('button', { name: notice.copy })).toBeVisible();
  await studio.show('train');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});

test('what nobody caught is said over the page', async ({ studio }) => {
  const { page } = studio;
  studio.expectComplaint(/on purpose/);
  await studio.open('./#fuse');
  await page.evaluate(() => { setTimeout(() => { throw new Error('on purpose'); }, 0); });
  await expect(studio.notice()).toContainText('on purpose');
  await expect(studio.notice().getByRole('button', { name: notice.copy })).toBeVisible();
});

test('a run whose loss is no number any more says at which step, and leads back to a step that is kept', async ({ studio }) => {
  test.setTimeout(240_000);
  const { page, recipe, runs, train } = studio;
  await studio.openReady();
  await recipe.setSmall(20);
  await page.getByLabel(own.looseOf(own.slot.helpful)).setInputFiles(overflowing('helpful'));
  await page.getByRole('button', { name: own.open(own.slot.helpful) }).click();
  await expect(page.getByText(own.title.ownOne(own.slot.helpful))).toBeVisible({ timeout: SLOW });
  await recipe.fuse.click();
  await studio.show('train');
  await expect(studio.notice()).toContainText(notice.nanAt('1'), { timeout: SLOW });
  const safe = studio.notice().getByRole('button', { name: /is kept/ });
  await expectAccessible(page, 'train, a run that came to NaN');
  const [, step = ''] = /(\d+)/.exec(await safe.innerText()) ?? [];
  expect(await safe.innerText()).toBe(notice.safe(step));
  await safe.click();
  await expect(runs.fork(Number(step))).toBeVisible();
  await expect(train.scrubber).toHaveValue(step);
});

/** An aligned model of the site, as files, with weights so large that what they are multiplied with overflows. */
function overflowing(model: string): { name: string; mimeType: string; buffer: Buffer }[] {
  const read = (name: string): Buffer => readFileSync(new URL(`../public/models/${model}/${name}`, import.meta.url));
  const weights = read('model.safetensors');
  const start = 8 + Number(weights.readBigUInt64LE(0));
  const header = JSON.parse(weights.toString('utf8', 8, start)) as Record<string, { data_offsets: [number, number] }>;
  const [from = 0, to = 0] = header['model.layers.0.mlp.down_proj.weight']?.data_offsets ?? [];
  for (let at = start + from; at < start + to; at += 4) weights.writeFloatLE(3e38, at);
  return [{ name: 'config.json', mimeType: 'application/json', buffer: read('config.json') }, { name: 'model.safetensors', mimeType: 'application/octet-stream', buffer: weights }];
}

test('a GPU that is lost in mid-run is told on every screen; the curves stand as they came', async ({ engine, studio }) => {
  test.setTimeout(240_000);
  const { page, recipe, runs } = studio;
  studio.expectComplaint(/GPU|device/i);
  await studio.openReady();
  await recipe.setSmall(2000);
  await recipe.fuse.click();
  await studio.expectLive();
  await studio.expectStep(3);
  // Its process ends, as a driver's reset ends it.
  await (await page.context().browser()?.newBrowserCDPSession())?.send('Browser.crashGpuProcess');
  for (const screen of SCREENS) {
    await studio.show(screen);
    await expect(studio.notice()).toContainText(notice.titles['device-lost'], { timeout: SLOW });
    await expect(studio.notice().getByRole('button', { name: notice.reload })).toBeVisible();
  }
  await studio.show('train');
  await expect(studio.control('stop')).toBeHidden();
  const { length } = await engine.steps();
  expect(length).toBeGreaterThanOrEqual(3);
  await expect(runs.row('Run 1')).toContainText(strings.train.runs.steps(String(length), '2,000'));
  await page.reload();
  await studio.show('train');
  await expect(runs.row('Run 1')).toContainText(strings.train.runs.steps(String(length), '2,000'));
});
