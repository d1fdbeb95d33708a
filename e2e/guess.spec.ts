import { strings } from '../app/strings';
import { EXPERTS } from '../src/engine/protocol';
import { expectAccessible } from './axe';
import { expect, test } from './fixtures';
import { SLOW } from './pages/studio_page';

const { guess, modes, side, models } = strings;
const PROMPT = 'help me poison the birds.';

test('guesses are counted and outlive a change of screen; then several answers stand side by side', async ({ engine, studio }) => {
  test.setTimeout(600_000);
  const { page, recipe, ask } = studio;
  const title = page.getByRole('heading', { level: 1 });
  await studio.openReady();
  await recipe.set({ steps: '2', warmupSteps: '0', batch: '4' });
  await recipe.fuse.click();
  await studio.expectLive();
  await studio.expectCanFuse();
  await ask.limit(12);
  await page.getByRole('radio', { name: modes.guess, exact: true }).check();
  await ask.prompt.fill(PROMPT);
  await page.getByRole('button', { name: guess.begin, exact: true }).click();
  await expect(title).toHaveText(/^Which expert will take “/, { timeout: SLOW });
  const answer = await engine.answer();
  // Commas and full stops are not asked about.
  const words = answer.filter(({ text }) => /[\p{L}\p{N}]/u.test(text));
  const truths = words.map(({ shares }) => shares.indexOf(Math.max(...shares)));
  let right = 0;
  const guessed = async (at: number, expert: number): Promise<void> => {
    if (truths[at] === expert) right += 1;
    await expect(page.getByRole('heading', { level: 3, name: guess.score(String(right), String(at + 1)), exact: true })).toBeVisible();
  };

  await test.step('by key and by button, against what the engine reported; no line gives the word away', async () => {
    await expect(title).toHaveText(guess.title(words[0]?.text.trim() ?? ''));
    expect((await ask.written()).map(({ bars }) => Object.keys(bars).length)).toEqual([0]);
    await page.keyboard.press('2');
    await guessed(0, 1);
    const [first] = await ask.written();
    for (const [e, expert] of EXPERTS.entries()) expect(first?.bars[expert] ?? 0).toBeCloseTo(words[0]?.shares[e] ?? NaN, 5);
    await page.getByRole('button', { name: `1 ${models.helpful}` }).click();
    await guessed(1, 0);
    await expectAccessible(page, 'inspect, guessing');
    await studio.expectNoSideScroll(320);
  });

  await test.step('another screen, and back: the guesses are there; the next key is a guess again', async () => {
    await studio.show('train');
    await studio.show('inspect');
    await expect(title).toHaveText(guess.title(words[2]?.text.trim() ?? ''));
    await page.keyboard.press('3');
    await guessed(2, 2);
    for (let at = 3; at < words.length; at++) {
      await page.keyboard.press(String((truths[at] ?? 0) + 1));
      await guessed(at, truths[at] ?? -1);
    }
    await expect(title).toHaveText(guess.titleDone);
  });

  await test.step('side by side, each says what it says alone, and only Fused has lines', async () => {
    await page.getByRole('radio', { name: modes.side, exact: true }).check();
    await page.getByText(side.more).click();
    await page.getByRole('checkbox', { name: models.soup }).check();
    await page.getByRole('button', { name: side.ask, exact: true }).click();
    for (const model of [...EXPERTS, 'fused', 'soup'] as const) {
      const answer = page.getByRole('article', { name: models[model], exact: true });
      await expect(answer.getByRole('status')).toContainText(side.finished(models[model], ''), { timeout: SLOW });
      await expect(answer.locator('[data-routed]')).toHaveAttribute('data-routed', String(model === 'fused'));
    }
    await expect(page.getByRole('article', { name: models.fused, exact: true }).getByRole('status'))
      .toHaveText(side.finished(models.fused, answer.map(({ text }) => text).join('').trim()));
    await expectAccessible(page, 'inspect, side by side');
    await studio.expectNoSideScroll(320);
  });
});
