import { significant } from '../app/format';
import { strings } from '../app/strings';
import type { StepMetrics } from '../src/train/metrics';
import { expectAccessible } from './axe';
import { expect, test } from './fixtures';
import { SLOW, StudioPage } from './pages/studio_page';

const { runs, branch, chart, levers } = strings.train;
const STEPS = 10;
/** As the page keeps and writes a loss. */
const written = (loss = NaN): string => significant(Math.fround(loss));

test('two runs are compared, saved, and come back in another page; one is forked', async ({ engine, studio, browser }) => {
  test.setTimeout(300_000);
  const { page, recipe, runs: list, train } = studio;
  const run = async (gateWeight: string): Promise<StepMetrics[]> => {
    await recipe.set({ gateWeight });
    return studio.fuse(engine);
  };
  await studio.openReady();
  await recipe.setSmall(STEPS);
  await recipe.set({ seed: '3' });
  const first = await run('0.1');
  const second = await run('2');

  await test.step('the list says what the second one has otherwise, and its line is drawn', async () => {
    await studio.show('train');
    await expect(list.front('Run 2')).toBeChecked();
    await expect(list.row('Run 2')).toContainText('λ 0.1 → 2');
    const { lm = NaN, gate = NaN, loss = NaN } = first.at(-1) ?? {};
    await expect(list.row('Run 1')).toContainText(runs.losses(written(lm), written(gate), written(loss)));
    await list.line('Run 1').check();
    // No smoothing: the strip says what the engine reported, of both.
    await page.getByRole('slider', { name: chart.smoothing }).fill('0');
    await expect.poll(() => list.summary(/^Gate loss/)).toContain(`${written(second.at(-1)?.gate)}; Run 1 ${written(gate)}`);
    await expectAccessible(page, 'train, two runs');
    await studio.expectNoSideScroll(320);
  });

  await test.step('fewer steps are shown by key, stay so over a change of screen, and all come back', async () => {
    await train.scrubber.focus();
    await page.keyboard.press('+');
    const zoomed = page.getByText(/^steps \d+ to 10$/);
    await expect(zoomed).toBeVisible();
    await studio.show('watch');
    await studio.show('train');
    await expect(zoomed).toBeVisible();
    await page.getByRole('button', { name: chart.all, exact: true }).click();
    await expect(page.getByText(chart.hint)).toBeVisible();
    await page.getByRole('button', { name: chart.log }).click();
    await expect(page.getByRole('button', { name: chart.log })).toHaveAttribute('aria-pressed', 'true');
  });

  const saved = await test.step('pictures, numbers and a run are saved', async () => {
    const download = async (name: string): Promise<string> => (await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name, exact: true }).click()]))[0].suggestedFilename();
    expect(await download(chart.svg)).toBe('h3fusion_run_2.svg');
    expect(await download(chart.png)).toBe('h3fusion_run_2.png');
    expect(await download(chart.csv)).toBe('h3fusion_run_2.csv');
    return list.save('Run 1');
  });

  await test.step('a run is renamed, removed, and put back', async () => {
    await list.rename('Run 1', 'Weak gate');
    await page.getByRole('button', { name: runs.removeOne('Weak gate') }).click();
    await expect(list.front('Weak gate')).toBeHidden();
    await page.getByRole('button', { name: runs.undo, exact: true }).click();
    await expect(list.line('Weak gate')).toBeChecked();
  });

  await test.step('a fork goes on from a kept step under another λ, and says so', async () => {
    await train.scrubber.fill('5');
    await expect(list.fork(5)).toBeEnabled();
    await list.forkNumber(strings.recipe.fields.gateWeight).fill('7');
    await list.fork(5).click();
    await expect(list.front('Run 3')).toBeChecked({ timeout: SLOW });
    await expect(studio.control('stop')).toBeHidden({ timeout: SLOW });
    await expect(list.row('Run 3')).toContainText(runs.forked('Run 2', '5'));
    await expect(page.getByText(levers.mark('5', levers.change('λ', '2', '7')))).toBeAttached();
    const steps = await engine.steps();
    expect(steps.map(({ step }) => step)).toEqual([6, 7, 8, 9, 10]);
    // Its past is its parent's, and its first step begins where the parent's sixth did.
    expect((await train.lossesAt(5)).total).toBeCloseTo(second[4]?.loss ?? NaN, 1);
    expect(steps[0]?.lm).toBe(second[5]?.lm);
    expect((await train.lossesAt(6)).total).toBeCloseTo(steps[0]?.loss ?? NaN, 1);
    await expect(page.getByText(new RegExp(branch.none.slice(0, 20)))).toBeHidden();
  });

  await test.step('after a reload the runs are there, under their names', async () => {
    await page.reload();
    await studio.show('train');
    for (const name of ['Weak gate', 'Run 2', 'Run 3']) await expect(list.front(name)).toBeVisible();
    await list.front('Run 3').check();
    await expect(studio.tag).toHaveText(strings.header.tags.earlier);
    await expect(list.row('Run 3')).toContainText(runs.forked('Run 2', '5'));
  });

  await test.step('a kept run that is damaged can be saved as it is, and goes when it is told to', async () => {
    await page.evaluate(() => new Promise<void>((done, fail) => {
      const request = indexedDB.open('h3fusion-studio');
      request.onerror = () => { fail(new Error('the runs were not opened')); };
      request.onsuccess = () => {
        const transaction = request.result.transaction('runs', 'readwrite');
        transaction.objectStore('runs').put({ id: 'broken', since: 1, text: '{"format":' });
        transaction.oncomplete = () => {
          request.result.close();
          done();
        };
      };
    }));
    await page.reload();
    const damaged = page.getByRole('group', { name: runs.damagedRuns });
    await expect(damaged).toContainText('broken');
    await expectAccessible(page, 'train, a damaged run');
    const [kept] = await Promise.all([page.waitForEvent('download'), damaged.getByRole('button', { name: runs.saveOne('broken') }).click()]);
    expect(kept.suggestedFilename()).toBe('h3fusion_damaged_broken.json');
    await damaged.getByRole('button', { name: runs.removeOne('broken') }).click();
    await expect(damaged).toBeHidden();
    await page.reload();
    await expect(list.front('Run 3')).toBeVisible();
    await expect(damaged).toBeHidden();
  });

  await test.step('the file opens in a fresh page; one that is none is told by name and changes nothing', async () => {
    const context = await browser.newContext();
    const other = new StudioPage(await context.newPage());
    await other.open('./#train');
    await other.runs.add([{ name: 'bad.json', text: '{"format":"csv"}' }, { name: 'run.json', text: saved.text }, { name: 'cut.json', text: saved.text.slice(0, 400) }]);
    await expect(other.runs.line('Run 1')).toBeChecked();
    const { lm = NaN, gate = NaN, loss = NaN } = first.at(-1) ?? {};
    await expect(other.runs.row('Run 1')).toContainText(runs.losses(written(lm), written(gate), written(loss)));
    await expect(other.notice().getByRole('listitem')).toHaveText([/bad\.json.*format/, /cut\.json/]);
    await expect(other.page.getByRole('radio', { name: /in front$/ })).toHaveCount(2);
    await other.runs.front('Run 1').check();
    expect((await other.train.lossesAt(STEPS)).gate).toBeCloseTo(gate, 1);
    other.expectNoComplaints();
    await context.close();
  });
});
