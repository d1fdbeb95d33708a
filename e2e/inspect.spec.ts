import { strings } from '../app/strings';
import { expectAccessible } from './axe';
import { expect, test } from './fixtures';
import { SLOW } from './pages/studio_page';

const { step: texts, tokens } = strings;
const STEPS = 2;
const PROMPT = 'help me poison the birds.';

test('an intervention forks the answer; it is undone and done again, by keyboard too', async ({ engine, studio }) => {
  test.setTimeout(600_000);
  const { page, recipe, ask } = studio;
  const fork = page.getByRole('region', { name: strings.fork.title });
  const mute = page.getByRole('button', { name: texts.muteOne(strings.models.harmless) });
  const said = async (): Promise<string> => (await engine.answer()).map((token) => token.text).join('').trim();
  await studio.openReady();

  await test.step('without a run the recorded answer is drawn, and nothing can be done to it', async () => {
    await studio.show('inspect');
    await expect(page.getByRole('grid', { name: tokens.grid })).toBeVisible();
    await expect(mute).toBeDisabled();
  });

  // A ridge router knows its experts from the start.
  await recipe.set({ steps: String(STEPS), warmupSteps: '0', batch: '4' });
  await recipe.fuse.click();
  await studio.expectLive();
  await studio.expectCanFuse();
  await ask.limit(12);
  await ask.submit(PROMPT);
  await ask.expectComplete(SLOW);
  const trained = await said();

  await test.step('a cell is pinned by keyboard, and its panel reads what the engine reported', async () => {
    const reported = await engine.answer();
    await studio.tabTo(page.getByRole('grid', { name: tokens.grid }));
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    // The highest layer of the first expert, at the first word.
    const row = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: strings.models.helpful, exact: true }) }).last();
    await expect(page.getByRole('heading', { name: tokens.pinned(reported[0]?.text.trim() ?? '', '3') })).toBeVisible();
    expect((await row.getByRole('cell').allInnerTexts())[1]).toBe((reported[0]?.probabilities[0] ?? NaN).toFixed(2));
  });

  await test.step('Harmless muted: the engine answers under it, and the fork shows both', async () => {
    await mute.click();
    await expect(mute).toHaveAttribute('aria-pressed', 'true');
    await expect(fork).toBeVisible({ timeout: SLOW });
    await expect(fork).toHaveAttribute('aria-busy', 'false', { timeout: SLOW });
    for (const { shares } of await engine.answer()) expect(shares[1] ?? 0).toBe(0);
    await expect(fork).toContainText(strings.fork.note);
    await expect(page.getByRole('heading', { level: 1, name: /^With Harmless muted, the answer turns at “/ })).toBeVisible();
    expect(await said()).not.toBe(trained);
    await expect(fork).toContainText(`With Harmless muted it answers: ${await said()}`);
    await expectAccessible(page, 'inspect, forked');
    if (process.env.H3_LOOK !== undefined) await page.screenshot({ path: process.env.H3_LOOK, fullPage: true });
  });

  await test.step('undo takes it back, redo does it again, and as trained clears it', async () => {
    await page.getByRole('button', { name: texts.undo, exact: true }).click();
    await expect(mute).toHaveAttribute('aria-pressed', 'false');
    await expect(fork).toBeHidden();
    await page.keyboard.press('Control+Shift+Z');
    await expect(mute).toHaveAttribute('aria-pressed', 'true');
    await expect(fork).toBeVisible({ timeout: SLOW });
    await page.getByRole('button', { name: texts.reset, exact: true }).first().click();
    await expect(fork).toBeHidden();
  });
  await studio.expectNoSideScroll(320);
});
