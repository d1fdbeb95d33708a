import { SCREENS, type Screen } from '../app/shell/screens';
import { strings } from '../app/strings';
import { expectAccessible } from './axe';
import { expect, test } from './fixtures';
import { LessonPages } from './pages/lesson_part';
import { SLOW } from './pages/studio_page';

const { notice: { titles, dismiss }, own, recipe: texts } = strings;
const THEMES = ['light', 'dark'] as const;

test('in an error state of its own every screen keeps WCAG 2.2 AA, in both themes, and fits a phone', async ({ studio }) => {
  test.setTimeout(600_000);
  const { page, recipe, ask, evaluate, runs } = studio;
  const notice = studio.notice();
  const expectBothThemes = async (screen: Screen, what: string): Promise<void> => {
    for (const theme of THEMES) {
      await studio.theme(theme);
      await expectAccessible(page, `${screen}, ${what}, ${theme}`);
    }
    await studio.expectNoSideScroll(320);
  };
  for (const files of ['recorded_run.json', 'suite/**']) {
    await page.route(`**/models/${files}`, (route) => route.fulfill({ status: 200, contentType: 'application/json', body: '{' }));
  }

  await test.step('Watch: the recorded run cannot be read', async () => {
    await studio.open();
    await expect(notice).toContainText(/recorded_run\.json.*expected/);
    await expectBothThemes('watch', 'recorded run refused');
  });

  await test.step('Fuse: a file of rows and a recipe are refused, beside each other', async () => {
    await studio.show('fuse');
    await expect(recipe.fuse).toBeEnabled({ timeout: SLOW });
    await page.getByLabel(own.rowsFileOf(own.slot.honest)).setInputFiles({ name: 'broken.jsonl', mimeType: 'application/json', buffer: Buffer.from('{"instruction": "where is it?"}') });
    await expect(notice).toContainText(/broken\.jsonl.*expected/);
    await recipe.set({ steps: '0' });
    await expect(page.getByText(texts.fix)).toBeVisible();
    await expectBothThemes('fuse', 'rows and recipe refused');
    await recipe.set({ steps: '2' });
    await notice.getByRole('button', { name: dismiss }).click();
  });

  await test.step('Train: a run’s file is refused', async () => {
    await runs.add([{ name: 'bad.json', text: '{"format":"csv"}' }]);
    await expect(notice.getByRole('listitem')).toHaveText(/bad\.json.*format/);
    await expectBothThemes('train', 'run file refused');
  });

  await test.step('Inspect: a prompt is refused', async () => {
    await ask.submit('where is my coat? '.repeat(2000));
    await expect(notice).toContainText(titles['too-long'], { timeout: SLOW });
    await expectBothThemes('inspect', 'prompt refused');
  });

  await test.step('Evaluate: the test suite is refused', async () => {
    await studio.show('evaluate');
    await evaluate.start.click();
    await expect(notice).toContainText(/suite\/test\/\w+\.json.*expected/, { timeout: SLOW });
    await expectBothThemes('evaluate', 'suite refused');
  });
});

test('a link that is refused, and each dialog open, keep WCAG 2.2 AA on every screen in both themes', async ({ studio }) => {
  test.setTimeout(600_000);
  const { page } = studio;
  const lesson = new LessonPages(page);
  const help = page.getByRole('dialog', { name: strings.help.title });
  await studio.open('./#watch?v=1&inspect=ahead');
  await expect(studio.notice()).toContainText('the link, inspect: expected one of look, guess, side, got ahead');
  for (const theme of THEMES) {
    await studio.theme(theme);
    for (const screen of SCREENS) {
      await studio.show(screen);
      await expectAccessible(page, `${screen}, link refused, ${theme}`);
      await page.keyboard.press('?');
      await expect(help).toBeVisible();
      await expectAccessible(page, `${screen}, help, ${theme}`);
      await page.keyboard.press('Escape');
      await expect(help).toBeHidden();
      await lesson.make();
      await expectAccessible(page, `${screen}, lesson dialog, ${theme}`);
      await page.keyboard.press('Escape');
      await expect(lesson.dialog).toBeHidden();
    }
  }
});
