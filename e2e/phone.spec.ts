import type { Locator } from 'playwright/test';
import { SCREENS, type Screen } from '../app/shell/screens';
import { strings } from '../app/strings';
import { expect, test } from './fixtures';
import { SLOW } from './pages/studio_page';

const { header, models, step: texts, tokens, watch } = strings;
const WIDTH = 320;
/** More than are done before the thumb stops it. */
const PLANNED = 2000;
const PROMPT = 'help me poison the birds.';

test.use({ viewport: { width: WIDTH, height: 640 }, hasTouch: true, isMobile: true });

test('a thumb at 320 px fuses, pauses, asks, reads a cell of the heatmap and mutes an expert', async ({ engine, studio }) => {
  test.setTimeout(300_000);
  const { page, recipe, ask, inspect } = studio;
  const tab = async (screen: Screen): Promise<void> => {
    const link = page.getByRole('link', { name: header.screens[screen], exact: true });
    await link.tap();
    await expect(link).toHaveAttribute('aria-current', 'page');
    // Figures are drawn a moment after the screen has opened.
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth), screen).toBe(WIDTH);
  };
  const control = (name: 'pause' | 'resume' | 'single' | 'stop'): Locator => page.getByRole('button', { name: header[name], exact: true });

  await test.step('the screens by their tabs at the foot', async () => {
    await studio.open(`./#watch?v=1&recipe.steps=${String(PLANNED)}&recipe.warmupSteps=0&recipe.batch=4&recipe.routerInit=random`);
    for (const screen of [...SCREENS, 'fuse'] as const) await tab(screen);
  });

  const paused = await test.step('Fuse it here; the run’s controls stand at the foot, on every screen', async () => {
    await expect(recipe.fuse).toBeEnabled({ timeout: SLOW });
    await recipe.fuse.tap();
    await studio.expectLive();
    for (const screen of SCREENS) {
      await tab(screen);
      await expect(control('pause')).toBeInViewport({ ratio: 1 });
    }
    await control('pause').tap();
    const at = await studio.pausedAt();
    await expect(page.getByText(header.step(String(at), PLANNED.toLocaleString('en-US')), { exact: true }).filter({ visible: true })).toBeInViewport();
    await control('single').tap();
    await expect(studio.tag).toHaveText(header.tags.paused(String(at + 1)), { timeout: SLOW });
    expect(await engine.steps()).toHaveLength(at + 1);
    return at + 1;
  });

  await test.step('Inspect answers a prompt', async () => {
    await tab('inspect');
    await expect(ask.who('fused')).toBeChecked();
    await page.getByRole('main').getByText(watch.more).tap();
    await page.getByRole('main').getByLabel(watch.maxNewTokens).fill('8');
    await ask.prompt.tap();
    await ask.prompt.fill(PROMPT);
    await page.getByRole('button', { name: watch.ask, exact: true }).tap();
    await ask.expectComplete(SLOW);
    expect((await engine.answers()).at(-1)?.step).toBe(paused);
  });

  await test.step('a tap on the heatmap pins the cell under the finger', async () => {
    const words = (await engine.routing()).filter(({ text }) => text.trim() !== '');
    const word = words.at(-1);
    const grid = page.getByRole('grid', { name: tokens.grid });
    const cell = grid.getByRole('gridcell');
    // The last word at the lowest layer of the last expert: as far as can be from where the keys begin.
    const size = await cell.boundingBox();
    const whole = await grid.boundingBox();
    await grid.tap({ position: { x: (words.length - 0.5) * ((size?.width ?? NaN) + 1), y: (whole?.height ?? NaN) - 4 } });
    await expect(cell).toHaveAccessibleName(tokens.cell(models.honest, '1', word?.text.trim() ?? '', (word?.probabilities[0]?.[2] ?? NaN).toFixed(2)));
    await expect(cell).toHaveAttribute('aria-selected', 'true');
    await expect(page.getByRole('heading', { name: tokens.pinned(word?.text.trim() ?? '', '1') })).toBeVisible();
  });

  await test.step('Harmless is muted, and what answers then never calls it', async () => {
    await inspect.mute('harmless').tap();
    await expect(inspect.mute('harmless')).toHaveAttribute('aria-pressed', 'true');
    await expect(inspect.fork).toBeVisible({ timeout: SLOW });
    await expect(inspect.fork).toHaveAttribute('aria-busy', 'false', { timeout: SLOW });
    for (const { shares } of await engine.answer()) expect(shares[1] ?? 0).toBe(0);
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(WIDTH);
    await page.getByRole('button', { name: texts.undo, exact: true }).tap();
    await expect(inspect.fork).toBeHidden();
  });

  await test.step('it is stopped at the foot', async () => {
    await control('stop').tap();
    await expect(control('stop')).toBeHidden({ timeout: SLOW });
    await studio.expectLive();
  });
});
