import { strings } from '../app/strings';
import { BASELINES } from '../src/engine/protocol';
import { expectAccessible } from './axe';
import { expect, test } from './fixtures';
import { SLOW } from './pages/studio_page';

const PROMPT = 'what is two plus three?';
const TOKENS = 12;

test('a baseline answers beside the four models, and beside the answer to a prompt of one\'s own', async ({ engine, studio }) => {
  test.setTimeout(600_000);
  const { page, ask } = studio;
  await studio.openReady();

  await test.step('none is compared at first; the keyboard chooses one', async () => {
    await expect(studio.baseline).toHaveValue('');
    await studio.tabTo(studio.baseline);
    await page.keyboard.press('ArrowDown');
    await expect(studio.baseline).toHaveValue(BASELINES[0]);
    await expect(page.getByText(strings.compare.about[BASELINES[0]]).first()).toBeVisible();
  });

  await test.step('all five answer one prompt', async () => {
    await page.getByRole('button', { name: strings.fuse.askAllFive }).click();
    for (const model of ['base', 'helpful', 'harmless', 'honest'] as const) expect(await studio.answered(studio.model(model))).not.toBe('');
    expect(await studio.answered(studio.model('soup'))).toBe((await engine.answer()).map(({ text }) => text).join('').trim());
  });

  await test.step('an ensemble answers what the base is asked, after it and beside it', async () => {
    await studio.show('inspect');
    await ask.baseline.selectOption('ensemble-mean');
    await ask.limit(TOKENS);
    await ask.submit(PROMPT);
    await ask.expectComplete(SLOW);
    const text = await studio.answered(ask.compared('ensemble-mean'));
    expect(text).toBe((await engine.answer()).map((token) => token.text).join('').trim());
    expect(text).not.toBe('');
    await expect(ask.words.first()).toBeVisible();
  });

  await test.step('every other baseline answers the same prompt', async () => {
    for (const baseline of BASELINES.filter((id) => id !== 'ensemble-mean')) {
      await ask.baseline.selectOption(baseline);
      await ask.compared(baseline).getByRole('button').click();
      expect(await studio.answered(ask.compared(baseline)), baseline).not.toBe('');
    }
  });

  await test.step('with its answers on screen the page keeps WCAG 2.2 AA, in both themes, and fits a phone', async () => {
    for (const theme of ['light', 'dark'] as const) {
      await studio.theme(theme);
      for (const screen of ['fuse', 'inspect'] as const) {
        await studio.show(screen);
        await expectAccessible(page, `${screen}, compared, ${theme}`);
      }
    }
    for (const screen of ['fuse', 'inspect'] as const) {
      await studio.show(screen);
      await studio.expectNoSideScroll(320);
    }
  });
});
