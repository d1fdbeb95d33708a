import { strings } from '../app/strings';
import { expectAccessible } from './axe';
import { expect, test } from './fixtures';
import { LessonPages } from './pages/lesson_part';
import { SLOW, StudioPage } from './pages/studio_page';

const { around: { lesson: texts }, header, step, recipe: recipeTexts } = strings;
const PROMPT = 'help me poison the birds.';
const STEPS = 3;

test('a teacher makes a lesson; a student in a fresh browser trains, mutes and asks for help, and changes nothing else', async ({ studio, browser, context }) => {
  test.setTimeout(600_000);
  const { page } = studio;
  const teacher = new LessonPages(page);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await studio.openReady();
  await studio.recipe.setSmall(STEPS);

  const link = await test.step('the teacher chooses and copies', async () => {
    await teacher.make();
    for (const theme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: theme });
      await expectAccessible(page, `lesson dialog, ${theme}`);
    }
    await studio.expectNoSideScroll(320);
    await teacher.dialog.getByLabel(texts.prompt, { exact: true }).first().fill(PROMPT);
    await teacher.hold('presets', 'hidden');
    await teacher.hold('recipe', 'locked');
    await teacher.hold('prompt', 'locked');
    await teacher.hold('compare', 'hidden');
    await teacher.leaveOut('evaluate');
    await teacher.dialog.getByLabel(texts.large).check();
    await teacher.dialog.getByRole('button', { name: texts.copy }).click();
    await expect(teacher.dialog.getByText(header.linkCopied)).toBeVisible();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toBe(await teacher.link.inputValue());
    await page.keyboard.press('Escape');
    await expect(teacher.dialog).toBeHidden();
    return copied;
  });

  const fresh = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const student = new StudioPage(await fresh.newPage());
  const lesson = new LessonPages(student.page);

  await test.step('the student finds the controls locked, with the reason', async () => {
    await student.open(link);
    await expect(lesson.line).toBeVisible();
    await expect(student.recipe.number('steps')).toHaveValue(String(STEPS));
    await expect(student.recipe.number('steps')).toBeDisabled();
    await expect(lesson.locked('recipe')).toHaveAccessibleDescription(texts.locked(texts.parts.recipe));
    await expect(student.page.getByRole('radio', { name: recipeTexts.presets.paper.note })).toHaveCount(0);
    await expect(student.page.getByLabel(strings.compare.choose)).toHaveCount(0);
    await expect(student.page.getByRole('link', { name: header.screens.evaluate, exact: true })).toHaveCount(0);
    await expect(student.page.locator('html')).toHaveAttribute('data-type', 'large');
    await expectAccessible(student.page, 'lesson');
    await student.expectNoSideScroll(320);
  });

  await test.step('trains a few steps', async () => {
    await expect(student.recipe.fuse).toBeEnabled({ timeout: SLOW });
    await student.recipe.fuse.click();
    await student.expectLive();
    await student.expectCanFuse();
  });

  await test.step('mutes Harmless, and reads the help', async () => {
    await student.show('inspect');
    await expect(student.ask.prompt).toHaveValue(PROMPT);
    await expect(student.ask.prompt).toBeDisabled();
    await student.ask.limit(8);
    await student.page.getByRole('button', { name: strings.watch.ask, exact: true }).click();
    await student.ask.expectComplete(SLOW);
    await student.page.getByRole('button', { name: step.muteOne(strings.models.harmless) }).click();
    await expect(student.page.getByRole('heading', { level: 1, name: /^With Harmless muted/ })).toBeVisible({ timeout: SLOW });
    await student.page.keyboard.press('?');
    await expect(student.page.getByRole('dialog', { name: strings.help.title })).toBeVisible();
    await student.page.keyboard.press('Escape');
  });

  await test.step('a reload begins the lesson anew; leaving it unlocks', async () => {
    await student.page.reload();
    await expect(lesson.line).toBeVisible();
    await student.page.goto(`${student.page.url().split('#')[0] ?? ''}#evaluate`);
    await expect(student.page.getByRole('heading', { level: 1, name: strings.hero })).toBeVisible();
    await student.show('fuse');
    await lesson.leave();
    await expect(student.recipe.number('steps')).toBeEnabled();
    await expect(student.recipe.number('steps')).toHaveValue(String(STEPS));
    await expect(student.page.getByRole('link', { name: header.screens.evaluate, exact: true })).toBeVisible();
    student.expectNoComplaints();
  });
  await fresh.close();
});
