import { join } from 'node:path';
import { SCREENS } from '../app/shell/screens';
import { expect, test } from './fixtures';
import { SLOW } from './pages/studio_page';

const FOLDER = process.env.H3_SHOTS;
/** As many as make curves that show something. */
const STEPS = process.env.H3_SHOTS_STEPS ?? '120';
const SIZES = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const;
const THEMES = ['light', 'dark'] as const;

test('pictures before, in and after a run', async ({ studio }) => {
  if (FOLDER === undefined) throw new Error('H3_SHOTS names no folder for the pictures');
  test.setTimeout(1_800_000);
  const { page, recipe, ask } = studio;
  const shoot = async (state: string): Promise<void> => {
    for (const theme of THEMES) {
      await studio.theme(theme);
      for (const [name, size] of Object.entries(SIZES)) {
        await page.setViewportSize(size);
        for (const screen of SCREENS) {
          await studio.show(screen);
          // The word that the panel beside the answer explains.
          if (screen === 'inspect' && await ask.words.count() > 2) await ask.words.nth(2).hover();
          await studio.settle();
          await page.screenshot({ path: join(FOLDER, `${screen}-${state}-${theme}-${name}.png`) });
        }
      }
    }
    await page.setViewportSize(SIZES.desk);
  };

  await page.setViewportSize(SIZES.desk);
  await studio.openReady();
  await shoot('recorded');

  for (const model of ['base', 'helpful', 'harmless', 'honest'] as const) await studio.askModel(model);
  await recipe.set({ steps: STEPS });
  await recipe.fuse.click();
  await studio.expectLive();
  await studio.expectStep(Number(STEPS) / 2);
  await studio.pause();
  await shoot('training');

  await studio.control('resume').click();
  await expect(studio.control('stop')).toBeHidden({ timeout: 900_000 });
  await studio.show('inspect');
  await ask.submit(await ask.prompt.inputValue());
  await ask.expectComplete(SLOW);
  await shoot('finished');
});
