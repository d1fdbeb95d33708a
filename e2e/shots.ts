import { join } from 'node:path';
import { SCREENS, type Screen } from '../app/shell/screens';
import { strings } from '../app/strings';
import { expect, test } from './fixtures';
import { LessonPages } from './pages/lesson_part';
import { SLOW } from './pages/studio_page';

const FOLDER = process.env.H3_SHOTS;
/** As many as make curves that show something. */
const STEPS = process.env.H3_SHOTS_STEPS ?? '120';
const SIZES = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const;
const THEMES = ['light', 'dark'] as const;

/** What is opened before a picture is taken, by the picture's name. */
type Scenes = Readonly<Record<string, () => Promise<unknown>>>;

test('pictures before, in and after a run', async ({ studio }) => {
  if (FOLDER === undefined) throw new Error('H3_SHOTS names no folder for the pictures');
  test.setTimeout(3_600_000);
  const { page, recipe, ask, evaluate } = studio;
  const lesson = new LessonPages(page);

  /** Whole pages, below the window's edge too; a dialog as the window shows it. */
  const shoot = async (state: string, scenes: Scenes, fullPage = true): Promise<void> => {
    for (const theme of THEMES) {
      for (const [size, viewport] of Object.entries(SIZES)) {
        await page.setViewportSize(viewport);
        for (const [name, open] of Object.entries(scenes)) {
          await studio.theme(theme);
          await open();
          await studio.settle();
          // A window as high as the page: what sticks to its edges then covers nothing.
          if (fullPage) await page.setViewportSize({ ...viewport, height: Math.max(viewport.height, await page.evaluate(() => document.documentElement.scrollHeight)) });
          await page.evaluate(() => { scrollTo(0, 0); });
          await page.screenshot({ path: join(FOLDER, `${name}-${state}-${theme}-${size}.png`) });
          await page.setViewportSize(viewport);
          if (!fullPage) await page.keyboard.press('Escape');
        }
      }
    }
    await page.setViewportSize(SIZES.desk);
  };
  const screens = (...left: Screen[]): Scenes => Object.fromEntries(
    SCREENS.filter((screen) => !left.includes(screen)).map((screen) => [screen, () => studio.show(screen)]),
  );
  const mode = (name: keyof typeof strings.modes) => async (): Promise<void> => {
    await studio.show('inspect');
    await page.getByRole('radio', { name: strings.modes[name], exact: true }).check();
  };

  await page.setViewportSize(SIZES.desk);
  await studio.openReady();
  await shoot('recorded', screens());
  await shoot('dialog', {
    help: () => page.getByRole('button', { name: strings.header.help, exact: true }).click(),
    lesson: () => lesson.make(),
  }, false);

  for (const model of ['base', 'helpful', 'harmless', 'honest'] as const) await studio.askModel(model);
  await recipe.set({ steps: STEPS });
  await recipe.fuse.click();
  await studio.expectLive();
  await studio.expectStep(Number(STEPS) / 2);
  await studio.pause();
  await shoot('training', screens('evaluate'));
  await studio.control('resume').click();
  await expect(studio.control('stop')).toBeHidden({ timeout: 900_000 });

  await ask.limit(24);
  await ask.submit(await ask.prompt.inputValue());
  await ask.expectComplete(SLOW);
  await page.getByRole('button', { name: strings.step.muteOne(strings.models.harmless) }).click();
  await expect(page.getByRole('region', { name: strings.fork.title })).toHaveAttribute('aria-busy', 'false', { timeout: SLOW });
  await mode('guess')();
  await page.getByRole('button', { name: strings.guess.begin, exact: true }).click();
  for (const key of ['1', '2']) {
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Which expert will take “/, { timeout: SLOW });
    await page.keyboard.press(key);
  }
  await mode('side')();
  await page.getByRole('button', { name: strings.side.ask, exact: true }).click();
  for (const model of ['helpful', 'harmless', 'honest', 'fused'] as const) {
    await expect(page.getByRole('article', { name: strings.models[model], exact: true }).getByRole('status'))
      .toContainText(strings.side.finished(strings.models[model], ''), { timeout: SLOW });
  }
  const pinned = async (): Promise<void> => {
    await mode('look')();
    await ask.words.nth(2).click();
    await expect(page.getByRole('table', { name: strings.alone.who.fused, exact: true })).toBeVisible({ timeout: SLOW });
  };
  await shoot('finished', { ...screens('evaluate', 'inspect'), inspect: pinned, guess: mode('guess'), side: mode('side') });

  await studio.show('evaluate');
  await evaluate.start.click();
  await expect(evaluate.row('helpful')).toBeVisible({ timeout: 4 * SLOW });
  await evaluate.stop.click();
  await expect(evaluate.fusedAlone).toBeEnabled({ timeout: SLOW });
  await evaluate.fusedAlone.click();
  await expect(evaluate.row('fused')).toBeVisible({ timeout: 4 * SLOW });
  await expect(evaluate.fusedAlone).toBeEnabled({ timeout: 6 * SLOW });
  await evaluate.drawMap.click();
  await expect(evaluate.drawMap).toBeEnabled({ timeout: 4 * SLOW });
  const view = (name: Parameters<typeof evaluate.view>[0]) => async (): Promise<void> => {
    await studio.show('evaluate');
    await evaluate.view(name);
  };
  await shoot('finished', { evaluate: view('dots'), radar: view('radar'), table: view('table') });
});
