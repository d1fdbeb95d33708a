import type { Locator, Page } from 'playwright/test';
import { strings } from '../app/strings';
import { expect, test } from './fixtures';
import { SLOW, StudioPage } from './pages/studio_page';

const { header, models, recipe: texts, step, watch } = strings;
const PROMPT = 'are bats blind? & so';
const CHOSEN = ['helpful', 'base'] as const;

/** Every number and choice otherwise than at the start. */
const NUMBERS = {
  steps: '77', gateWeight: '0.3', drift: '0.02', learningRate: '0.002', batch: '6', warmupSteps: '5', seed: '9',
} as const;
const CHOICES = [
  [texts.fields.topK, '1'], [texts.fields.train, texts.train.full], [texts.fields.routerInit, texts.routerInit.hidden],
  [texts.fields.gateLoss, texts.gateLoss['paper-code']], [texts.fields.routing, texts.routing.sequence],
  [texts.fields.fault, strings.own.breaks.fault['one-label']], [texts.fields.attention, texts.attention.trains],
] as const;
const SETTINGS = { maxNewTokens: '9', temperature: '0.7', topP: '0.8', seed: '4' } as const;

const choice = (page: Page, group: string, name: string): Locator =>
  page.getByRole('group', { name: group, exact: true }).getByRole('radio', { name, exact: true });
const setting = (page: Page, name: keyof typeof SETTINGS): Locator => page.getByRole('main').getByLabel(watch[name], { exact: true });
const bias = (page: Page): Locator => page.getByRole('slider', { name: step.biasOf(models.helpful) });
const box = (page: Page, model: keyof typeof models): Locator =>
  page.getByRole('group', { name: strings.side.choose }).getByRole('checkbox', { name: models[model], exact: true });

test('a link opened in a fresh browser gives the same state', async ({ engine, studio, browser, context }) => {
  test.setTimeout(300_000);
  const { page, recipe, ask, inspect, watch: landing } = studio;
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  // Still motion: the recorded run stays at its prompt.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await studio.open();
  const first = await landing.promptShown();
  await landing.anotherPrompt();
  const watched = await landing.promptShown();
  expect(watched).not.toBe(first);
  await studio.show('fuse');
  await expect(recipe.fuse).toBeEnabled({ timeout: SLOW });
  await recipe.setSmall(1);
  await studio.fuse(engine);

  await recipe.set(NUMBERS);
  for (const [group, name] of CHOICES) await choice(page, group, name).check();
  await studio.show('inspect');
  await ask.prompt.fill(PROMPT);
  await ask.baseline.selectOption('slerp');
  await ask.limit(Number(SETTINGS.maxNewTokens));
  for (const [name, value] of Object.entries(SETTINGS)) await setting(page, name as keyof typeof SETTINGS).fill(value);
  await inspect.mute('harmless').click();
  await bias(page).fill('1.5');
  await choice(page, step.topK, '1').check();
  await inspect.choose(CHOSEN);
  await page.getByRole('button', { name: header.share }).click();
  await expect(page.getByText(header.linkCopied)).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toMatch(/#inspect\?v=1&/);

  const fresh = await browser.newContext();
  const other = new StudioPage(await fresh.newPage());
  await other.open(link);
  await test.step('screen, prompt, and who answers side by side', async () => {
    await expect(other.page.getByRole('link', { name: header.screens.inspect, exact: true })).toHaveAttribute('aria-current', 'page');
    await expect(other.inspect.mode('side')).toBeChecked();
    await expect(other.ask.prompt).toHaveValue(PROMPT);
    for (const model of ['helpful', 'harmless', 'honest', 'fused', 'base'] as const) {
      await expect(box(other.page, model), model).toBeChecked({ checked: CHOSEN.some((chosen) => chosen === model) });
    }
  });
  await test.step('how it is answered, what it is compared with, and what is done to the router', async () => {
    await other.inspect.mode('look').check();
    await expect(other.ask.baseline).toHaveValue('slerp');
    await other.page.getByRole('main').getByText(watch.more).click();
    for (const [name, value] of Object.entries(SETTINGS)) await expect(setting(other.page, name as keyof typeof SETTINGS), name).toHaveValue(value);
    await expect(other.inspect.mute('harmless')).toHaveAttribute('aria-pressed', 'true');
    await expect(other.inspect.mute('honest')).toHaveAttribute('aria-pressed', 'false');
    await expect(bias(other.page)).toHaveValue('1.5');
    await expect(choice(other.page, step.topK, '1')).toBeChecked();
  });
  await test.step('the recipe, number by number and choice by choice', async () => {
    await other.recipe.set({});
    for (const [field, value] of Object.entries(NUMBERS)) await expect(other.recipe.number(field as keyof typeof NUMBERS), field).toHaveValue(value);
    for (const [group, name] of CHOICES) await expect(choice(other.page, group, name), group).toBeChecked();
  });
  await test.step('the watched prompt', async () => {
    await other.show('watch');
    await expect.poll(() => other.watch.promptShown()).toBe(watched);
  });
  other.expectNoComplaints();
  await fresh.close();
});

test('a link that does not fit is refused in one sentence, and the studio opens as ever', async ({ studio }) => {
  await studio.open('./#fuse?v=1&recipe.steps=0');
  await expect(studio.notice()).toContainText('the link, recipe.steps: expected a number from 1 to 20000, got 0');
  await expect(studio.recipe.number('steps')).toHaveValue('300');
  await studio.notice().getByRole('button', { name: strings.notice.dismiss }).click();
  await expect(studio.notice()).toHaveCount(0);
});
