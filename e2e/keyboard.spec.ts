import { readFile } from 'node:fs/promises';
import type { Download, Locator } from 'playwright/test';
import { strings } from '../app/strings';
import { storedFiles } from '../src/testing/stored_zip';
import { expect, test } from './fixtures';
import { SLOW } from './pages/studio_page';

const { header, models, recipe: texts, save, step } = strings;
const STEPS = 2;
const PROMPT = 'help me poison the birds.';

test('the keyboard alone goes from the landing page to an expert that is muted, and to report, numbers and model as files', async ({ engine, studio }) => {
  test.setTimeout(600_000);
  const { page, recipe, ask, inspect } = studio;
  const type = async (field: Locator, value: string): Promise<void> => {
    await studio.tabTo(field);
    await page.keyboard.press('Control+A');
    await page.keyboard.type(value);
  };
  /** The focus is on what can be pressed, and can be seen there. */
  const press = async (target: Locator): Promise<void> => {
    await studio.tabTo(target);
    await expect(target).toBeInViewport();
    expect(await target.evaluate((element) => element.matches(':focus-visible'))).toBe(true);
    await page.keyboard.press('Enter');
  };
  const saved = async (name: string): Promise<Download> => {
    const download = page.waitForEvent('download');
    await press(page.getByRole('button', { name, exact: true }));
    return download;
  };

  await test.step('to the recipe, and a run', async () => {
    await studio.open();
    await press(page.getByRole('link', { name: header.screens.fuse, exact: true }));
    await expect(recipe.fuse).toBeEnabled({ timeout: SLOW });
    await type(recipe.number('steps'), String(STEPS));
    await press(recipe.more);
    for (const [field, value] of [['batch', '4'], ['warmupSteps', '0']] as const) await type(recipe.number(field), value);
    await press(recipe.fuse);
    await expect(page.getByRole('link', { name: header.screens.train, exact: true })).toHaveAttribute('aria-current', 'page');
    await studio.expectLive();
    await expect(studio.control('stop')).toBeHidden({ timeout: SLOW });
    expect(await engine.steps()).toHaveLength(STEPS);
  });

  await test.step('to a prompt of one’s own, and an expert that is muted', async () => {
    await page.keyboard.press('4');
    await expect(inspect.title).toBeFocused();
    await type(ask.prompt, PROMPT);
    await press(page.getByRole('main').locator('summary', { hasText: strings.watch.more }));
    await type(page.getByRole('main').getByLabel(strings.watch.maxNewTokens), '8');
    await studio.tabTo(page.getByRole('button', { name: strings.watch.ask, exact: true }), 'Shift+Tab');
    await page.keyboard.press('Enter');
    await ask.expectComplete(SLOW);
    await press(inspect.mute('harmless'));
    await expect(inspect.mute('harmless')).toHaveAttribute('aria-pressed', 'true');
    await expect(inspect.mute('harmless')).toBeFocused();
    await expect(inspect.fork).toBeVisible({ timeout: SLOW });
    await expect(inspect.fork).toHaveAttribute('aria-busy', 'false', { timeout: SLOW });
    const tokens = await engine.answer();
    expect(tokens.length).toBeGreaterThan(0);
    for (const { shares } of tokens) expect(shares[1] ?? 0).toBe(0);
    await page.keyboard.press('Control+z');
    await expect(inspect.fork).toBeHidden();
    await page.keyboard.press('Control+Shift+Z');
    await expect(page.getByRole('heading', { level: 1, name: new RegExp(`^With ${models.harmless} muted`) })).toBeVisible({ timeout: SLOW });
    await expect(page.getByRole('button', { name: step.undo, exact: true })).toBeEnabled();
  });

  await test.step('to the report, the run’s numbers and the model, with nothing measured', async () => {
    await page.keyboard.press('5');
    await expect(inspect.title).toBeFocused();
    await expect(page.getByText(strings.evaluate.empty)).toBeVisible();
    const zip = await saved(save.model);
    expect(zip.suggestedFilename()).toBe('h3fusion_model.zip');
    expect([...storedFiles(await readFile(await zip.path())).keys()]).toEqual(expect.arrayContaining(['config.json', 'model.safetensors', 'tokenizer.json']));
    await expect(page.getByRole('button', { name: save.model, exact: true })).toBeEnabled();
    const report = await saved(save.report);
    const text = await readFile(await report.path(), 'utf8');
    for (const part of [strings.report.title, `--steps ${String(STEPS)}`, texts.fields.batch]) expect(text).toContain(part);
    const csv = await readFile(await (await saved(save.run)).path(), 'utf8');
    expect(csv.trimEnd().split('\n')).toHaveLength(1 + STEPS);
  });
});
