import { strings } from '../app/strings';
import { expectAccessible } from './axe';
import { expect, test } from './fixtures';
import { SLOW } from './pages/studio_page';

const { around: { tour: texts } } = strings;
const ORDER = ['score', 'gate', 'rewind', 'models', 'fuse', 'strips', 'ask', 'mute'] as const;

test('the tour leads by keyboard from the landing page to “mute Harmless”, through a real run, in still motion', async ({ studio }) => {
  test.setTimeout(600_000);
  const { page } = studio;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const stop = (id: (typeof ORDER)[number]) => page.getByRole('dialog', { name: texts.steps[id].title });

  await test.step('it is offered once, in a line, and never by itself', async () => {
    await studio.open();
    await expect(page.getByText(texts.offer)).toBeVisible();
    await expect(page.getByRole('dialog')).toHaveCount(0);
    // Still motion: the recorded answer stands there whole, and nothing plays.
    await expect(page.getByRole('button', { name: strings.watch.scrubber.play })).toBeVisible();
    await page.reload();
    await expect(studio.watch.words.first()).toBeVisible();
    await expect(page.getByText(texts.offer)).toHaveCount(0);
  });

  await test.step('the help offers it too; Esc ends it', async () => {
    await studio.openReady();
    await studio.recipe.setSmall(2);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: strings.header.help, exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: texts.start }).click();
    await expect(stop('score')).toBeFocused();
    await expect(stop('score')).toHaveAccessibleDescription(texts.steps.score.text);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  });

  await test.step('Space and arrows walk it, every stop beside its part and inside the window', async () => {
    await page.keyboard.press('?');
    await page.getByRole('dialog').getByRole('button', { name: texts.start }).click();
    await expect(stop('score')).toBeFocused();
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      await expectAccessible(page, `tour, ${colorScheme}`);
    }
    await studio.expectNoSideScroll(320);
    await page.keyboard.press('Space');
    await expect(stop('gate')).toBeFocused();
    await page.keyboard.press('ArrowLeft');
    await expect(stop('score')).toBeFocused();
    for (const id of ORDER.slice(1, 5)) {
      await page.keyboard.press('ArrowRight');
      await expect(stop(id)).toBeFocused();
      await expect(stop(id)).toBeInViewport({ ratio: 0.99 });
    }
  });

  await test.step('its deeds are those of the parts: it fuses, asks and mutes', async () => {
    await stop('fuse').getByRole('button', { name: texts.deeds.fuse.name }).click();
    await expect(stop('fuse')).toContainText(texts.deeds.fuse.done);
    await studio.expectLive();
    await stop('fuse').getByRole('button', { name: texts.next }).click();
    await expect(stop('strips')).toBeFocused();
    await expect(page.getByRole('banner').getByRole('button', { name: strings.header.stop })).toBeHidden({ timeout: SLOW });
    await page.keyboard.press('Space');
    await stop('ask').getByRole('button', { name: texts.deeds.ask.name }).click();
    await studio.ask.expectComplete(SLOW);
    await stop('ask').focus();
    await page.keyboard.press('ArrowRight');
    await stop('mute').getByRole('button', { name: texts.deeds.mute.name }).click();
    await expect(page.getByRole('heading', { level: 1, name: /^With Harmless muted/ })).toBeVisible({ timeout: SLOW });
    await stop('mute').getByRole('button', { name: texts.finish }).click();
    await expect(page.getByRole('dialog')).toHaveCount(0);
  });
});
