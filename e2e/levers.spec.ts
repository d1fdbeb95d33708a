import { strings } from '../app/strings';
import { expectAccessible } from './axe';
import { expect, test } from './fixtures';
import { SLOW } from './pages/studio_page';

const { levers } = strings.train;
const { fields } = strings.recipe;

test('a lever that is pulled in mid-run acts from the next step on, and leaves a mark', async ({ engine, studio }) => {
  test.setTimeout(600_000);
  const { page, recipe, train } = studio;
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
  await studio.control('stop').click();
  await studio.expectCanFuse();
});
