import type { Page, Route } from 'playwright/test';
import { strings } from '../app/strings';
import { expect, test } from './fixtures';
import { SLOW } from './pages/studio_page';

const { titles } = strings.notice;
const STEPS = 2;

interface ManifestFiles {
  readonly models: readonly { readonly id: string; readonly path: string }[];
  readonly datasets: readonly { readonly id: string; readonly file: string }[];
}

/** Where the embedded files of the honest model lie. */
async function honestFiles(page: Page): Promise<{ readonly weights: string; readonly dataset: string }> {
  const answer = await page.request.get('./models/manifest.json');
  const { models, datasets } = (await answer.json()) as ManifestFiles;
  const find = <Entry extends { readonly id: string }>(entries: readonly Entry[]) => entries.find(({ id }) => id === 'honest');
  return { weights: `${find(models)?.path.replace(/\/$/, '') ?? ''}/model.safetensors`, dataset: find(datasets)?.file ?? '' };
}

/** The server's file, cut off in the middle. */
async function truncate(route: Route): Promise<void> {
  const response = await route.fetch();
  const body = await response.body();
  await route.fulfill({ response, body: body.subarray(0, body.length / 2) });
}

test('a weight file that is missing is named, and a reload opens the studio once it is back', async ({ studio }) => {
  const { weights } = await honestFiles(studio.page);
  studio.expectComplaint(/404/);
  await studio.page.route(`**/models/${weights}`, (route) => route.fulfill({ status: 404, body: '' }));
  await studio.open();
  const notice = studio.notice();
  await expect(notice).toContainText(titles['missing-file'], { timeout: SLOW });
  await expect(notice).toContainText(weights);
  await expect(studio.recipe.fuse).toBeDisabled();
  await studio.page.unrouteAll();
  await notice.getByRole('button', { name: strings.notice.reload }).click();
  await expect(studio.recipe.fuse).toBeEnabled({ timeout: SLOW });
});

test('a weight file that is cut off is named, with what was expected and found', async ({ studio }) => {
  const { weights } = await honestFiles(studio.page);
  await studio.page.route(`**/models/${weights}`, truncate);
  await studio.open();
  await expect(studio.notice()).toContainText(titles['bad-header'], { timeout: SLOW });
  await expect(studio.notice()).toContainText(new RegExp(`${weights}.*expected .*got .*`));
});

test('what is refused after a run leaves the run, its curves and its answer where they are', async ({ engine, studio }) => {
  test.setTimeout(600_000);
  const { page, recipe, train, ask } = studio;
  const { dataset } = await honestFiles(page);
  await studio.openReady();
  await recipe.setSmall(STEPS);
  await recipe.fuse.click();
  await studio.expectStep(STEPS);
  await studio.expectCanFuse();
  await ask.limit(8);
  const prompt = await ask.prompt.inputValue();
  await ask.submit(prompt);
  await ask.expectComplete(SLOW);
  const words = await ask.written();
  const losses = [await train.lossesAt(1), await train.lossesAt(2)];
  expect(losses.map(({ total }) => total)).not.toContain(undefined);

  const expectUnharmed = async (): Promise<void> => {
    await studio.expectLive();
    await expect.poll(async () => studio.step()).toBe(STEPS);
    expect([await train.lossesAt(1), await train.lossesAt(2)]).toEqual(losses);
    expect(await ask.written()).toEqual(words);
  };

  await test.step('a number out of range: the limits stand beside it, and Fuse waits', async () => {
    await recipe.set({ steps: '0' });
    await expect(recipe.number('steps')).toHaveAccessibleDescription(/^1 to /);
    await expect(page.getByText(strings.recipe.fix)).toBeVisible();
    await expect(recipe.fuse).toBeDisabled();
    await expectUnharmed();
    await recipe.set({ steps: String(STEPS) });
    await expect(recipe.fuse).toBeEnabled();
  });

  await test.step('a prompt that is too long is refused with its length', async () => {
    await ask.submit(`${prompt} `.repeat(2000));
    await expect(studio.notice()).toContainText(titles['too-long'], { timeout: SLOW });
    await expect(studio.notice()).toContainText(/expected .*got .*\d+/);
    await expectUnharmed();
    await studio.notice().getByRole('button', { name: strings.notice.dismiss }).click();
    await expect(studio.notice()).toHaveCount(0);
  });

  await test.step('a dataset without rows is named', async () => {
    await page.route(`**/models/${dataset}`, (route) => route.fulfill({ status: 200, contentType: 'text/plain', body: '' }));
    await studio.show('fuse');
    await recipe.fuse.click();
    await expect(studio.notice()).toContainText(dataset, { timeout: SLOW });
    await expectUnharmed();
  });

  await test.step('the model still answers, and once the file is back a run starts anew', async () => {
    await ask.submit(prompt);
    await ask.expectComplete(SLOW);
    expect(await ask.written()).toEqual(words);
    await page.unrouteAll();
    expect(await studio.fuse(engine)).toHaveLength(STEPS);
    await expect(studio.notice()).toHaveCount(0);
  });
});
