import { strings } from '../app/strings';
import { expect, test } from './fixtures';
import { StudioPage } from './pages/studio_page';

const { header } = strings;

test('a link opened in a fresh browser gives the same state', async ({ studio, browser, context }) => {
  const { page, recipe, ask } = studio;
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await studio.openReady();
  await recipe.set({ steps: '77', gateWeight: '0.3' }, { routing: strings.recipe.routing.sequence });
  await studio.show('inspect');
  await ask.prompt.fill('are bats blind? & so');
  await ask.baseline.selectOption('slerp');
  await ask.limit(9);
  await page.getByRole('button', { name: header.share }).click();
  await expect(page.getByText(header.linkCopied)).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toMatch(/#inspect\?v=1&/);

  const fresh = await browser.newContext();
  const other = new StudioPage(await fresh.newPage());
  await other.open(link);
  await expect(other.ask.prompt).toHaveValue('are bats blind? & so');
  await expect(other.ask.baseline).toHaveValue('slerp');
  await other.show('fuse');
  await expect(other.recipe.number('steps')).toHaveValue('77');
  await expect(other.recipe.number('gateWeight')).toHaveValue('0.3');
  await other.recipe.set({}, {});
  await expect(other.recipe.choice('routing', strings.recipe.routing.sequence)).toBeChecked();
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
