import { strings } from '../app/strings';
import { expectAccessible } from './axe';
import { expect, test } from './fixtures';
import { SLOW } from './pages/studio_page';

const { levers } = strings.train;
const { fields } = strings.recipe;

test('a lever that is pulled in mid-run acts from the next step on, and leaves a mark', async ({ engine, studio }) => {
  test.setTimeout(600_000);
  const { page, recipe, train, ask } = studio;
  await studio.openReady();
  await recipe.setSmall(2000);
  await recipe.set({ gateWeight: '0.1', drift: '0' });
  await recipe.fuse.click();
  await studio.expectLive();
  await studio.expectStep(2);
  const paused = await studio.pause();

  const lambda = page.getByRole('textbox', { name: new RegExp(`${fields.gateWeight}$`) });
  await lambda.fill('1000');
  await expect(lambda).toHaveAttribute('aria-invalid', 'true');
  await lambda.fill('50');
  await lambda.press('Enter');
  await expect(page.getByText(levers.mark(String(paused), levers.change('λ', '0.1', '50')))).toBeAttached();
  await expect(lambda).toBeFocused();
  await expectAccessible(page, 'train, a lever pulled');

  await studio.control('single').click();
  await expect(studio.tag).toHaveText(strings.header.tags.paused(String(paused + 1)), { timeout: SLOW });
  const steps = await engine.steps();
  const before = steps[paused - 1];
  const after = steps[paused];
  expect(before?.loss).toBeCloseTo((before?.lm ?? NaN) + 0.1 * (before?.gate ?? NaN), 3);
  expect(after?.loss).toBeCloseTo((after?.lm ?? NaN) + 50 * (after?.gate ?? NaN), 2);
  expect((await train.lossesAt(paused + 1)).total).toBeCloseTo(after?.loss ?? NaN, 1);

  // One expert per token: a mark too, and of what is answered from now on one expert has every word.
  await page.getByRole('group', { name: fields.topK, exact: true }).getByRole('radio', { name: '1' }).check();
  await expect(page.getByText(levers.mark(String(paused + 1), levers.change(fields.topK.toLowerCase(), '2', '1')))).toBeAttached({ timeout: SLOW });
  await expect(page.getByText(strings.recipe.topKOne)).toBeVisible();
  await studio.control('single').click();
  await expect(studio.tag).toHaveText(strings.header.tags.paused(String(paused + 2)), { timeout: SLOW });
  await studio.show('inspect');
  await ask.limit(4);
  await ask.submit('help me poison the birds.');
  await ask.expectComplete(SLOW);
  const shares = (await engine.routing()).flatMap((token) => token.shares);
  expect(shares.length).toBeGreaterThan(0);
  for (const layer of shares) expect(layer.filter((share) => share > 0)).toEqual([1]);
  await studio.control('stop').click();
  await studio.expectCanFuse();
});
