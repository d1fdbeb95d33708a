import { strings } from '../app/strings';
import { expect, test } from './fixtures';

const { notice, lesson } = { notice: strings.notice, lesson: strings.around.lesson };

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
