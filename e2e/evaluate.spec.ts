import { strings } from '../app/strings';
import { BASELINES, EXPERTS } from '../src/engine/protocol';
import { expectAccessible } from './axe';
import { expect, test } from './fixtures';
import { MOST_IN_A_SECOND, mostInASecond } from './live_log';
import { SLOW } from './pages/studio_page';

const { evaluate: texts } = strings;
const THEMES = ['light', 'dark'] as const;

interface Measured {
  readonly made: { readonly measured: Readonly<Record<string, Readonly<Record<'helpful' | 'harmless' | 'honest' | 'hhh', { readonly value: number }>>>> };
}

test('models are measured in the tab: their scores are those of the card, and it can be stopped', async ({ live, studio }) => {
  test.setTimeout(600_000);
  const { page, evaluate } = studio;
  const { made: { measured } } = (await (await page.request.get('./models/manifest.json')).json()) as Measured;
  await studio.openReady();
  await studio.show('evaluate');
  await expect(page.getByText(texts.empty)).toBeVisible();
  for (const theme of THEMES) {
    await studio.theme(theme);
    await expectAccessible(page, `evaluate, empty, ${theme}`);
  }

  const said = await live.during(async () => {
    await evaluate.start.click();
    await expect(page.getByRole('progressbar', { name: texts.progress })).toBeVisible();
    for (const theme of THEMES) {
      await studio.theme(theme);
      await expectAccessible(page, `evaluate, running, ${theme}`);
    }
    await expect(evaluate.row('helpful')).toBeVisible({ timeout: 4 * SLOW });
    await evaluate.stop.click();
    await expect(evaluate.start).toBeEnabled({ timeout: SLOW });
  });
  // One sentence a model, and nothing in between: the time that is left is for the eye.
  const told = said.map(({ text }) => text).filter((text) => text !== '');
  const wanted = ['base' as const, ...EXPERTS, ...BASELINES].map((model, i, { length }) => texts.measuring(strings.models[model], String(length - i)));
  expect(told.length).toBeGreaterThanOrEqual(2);
  expect(told).toEqual(wanted.slice(0, told.length));
  expect(mostInASecond(said)).toBeLessThanOrEqual(MOST_IN_A_SECOND);

  for (const model of ['base', 'helpful'] as const) {
    const { helpful, harmless, honest, hhh } = measured[model] ?? {};
    const wanted = [helpful, harmless, honest, hhh].map((score) => 100 * (score?.value ?? NaN));
    (await evaluate.scores(model)).forEach((points, i) => { expect(Math.abs(points - (wanted[i] ?? NaN)), `${model} ${String(i)}`).toBeLessThan(0.11); });
  }
  await studio.expectNoSideScroll(320);
});

test('the fused model is measured and taken apart', async ({ studio }) => {
  test.setTimeout(900_000);
  const { page, evaluate, recipe } = studio;
  await studio.openReady();
  await recipe.setSmall(2);
  await recipe.fuse.click();
  await studio.expectLive();
  await studio.expectCanFuse();
  await studio.show('evaluate');
  await evaluate.fusedAlone.click();
  await expect(evaluate.row('fused')).toBeVisible({ timeout: 4 * SLOW });
  await expect(evaluate.fusedAlone).toBeEnabled({ timeout: 6 * SLOW });
  await evaluate.expectPanels();
  for (const theme of THEMES) {
    await studio.theme(theme);
    await expectAccessible(page, `evaluate, examined, ${theme}`);
  }
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: texts.save }).click()]);
  expect(download.suggestedFilename()).toBe('h3fusion_evaluation.csv');
});
