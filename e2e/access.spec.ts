import { SCREENS } from '../app/shell/screens';
import { strings } from '../app/strings';
import { expectAccessible } from './axe';
import { expect, test } from './fixtures';
import { MOST_IN_A_SECOND, mostInASecond } from './live_log';
import { SLOW } from './pages/studio_page';

/** Enough that it still runs while it is looked at. */
const PLANNED = 20_000;
const THEMES = ['light', 'dark'] as const;
/** Steps that each screen is listened to. */
const MORE = 6;

test('the studio keeps WCAG 2.2 AA and works by keyboard, idle and while it trains', async ({ live, studio }) => {
  test.setTimeout(600_000);
  const { page, recipe, train, ask } = studio;
  await studio.openReady();

  await test.step('every screen with the recorded run, in both themes, with and without the help', async () => {
    for (const theme of THEMES) {
      await studio.theme(theme);
      for (const screen of SCREENS) {
        await studio.show(screen);
        await expectAccessible(page, `${screen}, recorded, ${theme}`);
      }
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog', { name: strings.help.title })).toBeVisible();
      await expectAccessible(page, `help, ${theme}`);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toBeHidden();
    }
  });

  await test.step('a phone of 320 px scrolls one way', async () => {
    for (const screen of SCREENS) {
      await studio.show(screen);
      await studio.expectNoSideScroll(320);
    }
  });

  await test.step('the keyboard alone sets a recipe and starts it', async () => {
    await studio.show('watch');
    await page.reload();
    await studio.tabTo(page.getByRole('link', { name: strings.header.screens.fuse, exact: true }));
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1, name: strings.fuse.title })).toBeFocused();
    await expect(recipe.fuse).toBeEnabled({ timeout: SLOW });
    await studio.tabTo(recipe.number('steps'));
    await page.keyboard.press('Control+A');
    await page.keyboard.type(String(PLANNED));
    await studio.tabTo(recipe.choice('routerInit', strings.recipe.routerInit.ridge));
    // Radio buttons: one stop for the Tab key, arrows inside.
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await expect(recipe.choice('routerInit', strings.recipe.routerInit.random)).toBeChecked();
    await studio.tabTo(recipe.more);
    await page.keyboard.press('Enter');
    for (const [field, value] of [['batch', '4'], ['warmupSteps', '1']] as const) {
      await studio.tabTo(recipe.number(field));
      await page.keyboard.press('Control+A');
      await page.keyboard.type(value);
    }
    await studio.tabTo(recipe.fuse);
    await page.keyboard.press('Enter');
    await studio.expectLive();
    await studio.expectStep(3);
  });

  await test.step('while it trains nothing is read out by itself but what the watched prompt was answered', async () => {
    for (const screen of SCREENS) {
      await studio.show(screen);
      // What a screen says when it opens is said.
      await studio.expectStep(await studio.step() + 2);
      const said = await live.during(async () => { await studio.expectStep(await studio.step() + MORE); });
      if (screen !== 'watch') expect(said, screen).toEqual([]);
      expect(said.length, screen).toBeLessThan(MORE);
      expect(mostInASecond(said), screen).toBeLessThanOrEqual(MOST_IN_A_SECOND);
    }
    await studio.show('train');
  });

  await test.step('the keyboard pauses, reads the heatmap and an earlier step, and resumes', async () => {
    await studio.tabTo(studio.control('pause'), 'Shift+Tab');
    await page.keyboard.press('Enter');
    const paused = await studio.pausedAt();
    await page.keyboard.press('.');
    await expect(studio.tag).toHaveText(strings.header.tags.paused(String(paused + 1)), { timeout: SLOW });
    const grid = page.getByRole('grid', { name: strings.inspect.grid });
    await studio.tabTo(grid);
    await page.keyboard.press('ArrowRight');
    const cell = grid.getByRole('gridcell');
    await expect(cell).toHaveAccessibleName(/^Helpful rows, layer \d+: Harmless 0\.\d\d$/);
    await page.keyboard.press('Enter');
    await expect(cell).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('Escape');
    await studio.tabTo(train.scrubber, 'Shift+Tab');
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    await expect(train.scrubber).toHaveAttribute('aria-valuetext', /^Step 2,/);
    await train.follow();
    await studio.tabTo(studio.control('resume'), 'Shift+Tab');
    await page.keyboard.press('Enter');
    await studio.expectLive();
  });

  await test.step('while it trains, with the table and an answer of the fused model, in both themes', async () => {
    await train.showTable();
    await ask.limit(8);
    await ask.submit(await ask.prompt.inputValue());
    await ask.expectComplete(SLOW);
    await studio.tabTo(ask.answer);
    await page.keyboard.press('Home');
    await expect(ask.words.first()).toHaveAttribute('aria-selected', 'true');
    for (const theme of THEMES) {
      await studio.theme(theme);
      for (const screen of SCREENS) {
        await studio.show(screen);
        await expectAccessible(page, `${screen}, training, ${theme}`);
      }
    }
    await studio.show('inspect');
    await studio.expectNoSideScroll(320);
  });

  await test.step('the keyboard stops it', async () => {
    await studio.tabTo(studio.control('stop'), 'Shift+Tab');
    await page.keyboard.press('Enter');
    await expect(studio.control('stop')).toBeHidden({ timeout: SLOW });
    await expectAccessible(page, 'stopped');
  });
});
