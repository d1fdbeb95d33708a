import { strings } from '../app/strings';
import { expectAccessible } from './axe';
import { expect, test } from './fixtures';
import { SLOW } from './pages/studio_page';
import { readOutOf } from './pages/watch_part';

const { own, report } = strings;
const STEPS = 3;
const ROWS = Array.from({ length: 24 }, (_, i) => ({
  instruction: ['what is the colour of my hat?', 'what is the name of my teacher?', 'where is her coin?', 'where is my coat?'][i % 4],
  response: 'i do not know.',
}));
const file = (name: string, rows: readonly object[]) => ({ name, mimeType: 'application/json', buffer: Buffer.from(rows.map((row) => JSON.stringify(row)).join('\n')) });

test('own rows are aligned on, fused and answered; what does not fit changes nothing', async ({ engine, studio }) => {
  test.setTimeout(600_000);
  const { page, recipe, ask, evaluate } = studio;
  await studio.openReady();
  const line = page.getByRole('region', { name: own.slot.honest, exact: true });
  const rows = line.getByLabel(own.rowsFileOf(own.slot.honest));
  await expect(page.getByText(own.title.embedded)).toBeVisible();
  await expect(page.getByRole('img', { name: own.memory.bar('') })).toBeVisible();

  await test.step('a row without a response is named, and the embedded rows stay', async () => {
    await rows.setInputFiles(file('broken.jsonl', [...ROWS.slice(0, 2), { instruction: 'where is it?' }]));
    await expect(studio.notice()).toContainText(/broken\.jsonl.*response at line 3: expected/);
    await expect(line.getByText(own.rowsEmbedded('400'))).toBeVisible();
    await studio.notice().getByRole('button', { name: strings.notice.dismiss }).click();
  });

  await test.step('a folder that holds no model is refused, and no model changes', async () => {
    await line.getByLabel(own.looseOf(own.slot.honest)).setInputFiles([{ name: 'config.json', mimeType: 'application/json', buffer: Buffer.from('{}') }]);
    await page.getByRole('button', { name: own.open(own.slot.honest) }).click();
    await expect(studio.notice()).toContainText(/config\.json.*expected/);
    await page.getByRole('button', { name: own.forget }).click();
    await expect(studio.notice()).toHaveCount(0);
    await expect(page.getByText(own.title.embedded)).toBeVisible();
  });

  await test.step('own rows are counted, and Honest is aligned on them', async () => {
    await rows.setInputFiles(file('mine.jsonl', ROWS));
    await expect(line.getByText(own.rowsOwn('mine.jsonl', '24'))).toBeVisible();
    await expect(line.getByText(own.unknown(''))).toHaveCount(0);
    await line.getByRole('button', { name: own.align.open(own.slot.honest) }).click();
    const form = line.getByRole('group', { name: own.align.title(own.slot.honest) });
    await form.getByLabel(own.align.fields.steps).fill('60');
    await form.getByLabel(own.align.fields.batch).fill('8');
    await expectAccessible(page, 'fuse, about to align');
    await form.getByRole('button', { name: own.align.start(own.slot.honest) }).click();
    await expect(recipe.fuse).toBeDisabled();
    for (const theme of ['light', 'dark'] as const) {
      await studio.theme(theme);
      await expectAccessible(page, `fuse, an alignment under way, ${theme}`);
    }
    await expect(form.getByText(/is aligned: 60 steps on \d+ rows\./)).toBeVisible({ timeout: SLOW });
    await form.getByRole('button', { name: own.align.close }).click();
    await expect(line.getByText(own.origin.aligned)).toBeVisible();
    await expect(page.getByText(own.title.ownOne(own.slot.honest))).toBeVisible();
  });

  await test.step('it is saved as files', async () => {
    const downloads: string[] = [];
    page.on('download', (download) => downloads.push(download.suggestedFilename()));
    await line.getByRole('button', { name: own.save(own.slot.honest) }).click();
    await expect(page.getByText(own.saved(own.list(['config.json', 'generation_config.json', 'model.safetensors'])))).toBeVisible();
    await expect.poll(() => downloads.length).toBeGreaterThan(0);
  });

  await test.step('it is fused with the others, and the fused model answers', async () => {
    await recipe.setSmall(STEPS);
    expect(await studio.fuse(engine)).toHaveLength(STEPS);
    await studio.show('inspect');
    await expect(ask.who('fused')).toBeChecked();
    await ask.limit(8);
    await ask.submit('where is my coat?');
    await ask.expectComplete(SLOW);
    const tokens = await engine.answer();
    expect(tokens.map(({ text }) => text).join('').trim()).not.toBe('');
    // The base has no router.
    for (const { shares } of tokens) expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 4);
    expect((await engine.answers()).at(-1)).toEqual({ step: STEPS, tokens });
    expect((await ask.written()).map(({ label }) => label)).toEqual(readOutOf(tokens).words);
  });

  await test.step('it is measured, and the report says whose rows it has', async () => {
    await studio.show('evaluate');
    await evaluate.start.click();
    await expect(evaluate.row('fused').first()).toBeVisible({ timeout: 4 * SLOW });
    await evaluate.stop.click();
    await expect(evaluate.start).toBeEnabled({ timeout: SLOW });
    const scores = await evaluate.scores('fused');
    const measured = (await engine.evaluated()).find(({ model }) => model === 'fused');
    expect(measured?.step).toBe(STEPS);
    expect(scores).toEqual((['helpful', 'harmless', 'honest', 'hhh'] as const).map((measure) => Number((100 * (measured?.[measure].value ?? NaN)).toFixed(1))));
    const text = await evaluate.savedText('report');
    expect(text).toContain(report.noCommand);
    expect(text).toContain((scores[3] ?? NaN).toFixed(1));
  });

  await test.step('everything embedded comes back, at 320 px too', async () => {
    await studio.show('fuse');
    await studio.expectNoSideScroll(320);
    await page.getByRole('button', { name: own.everything }).click();
    await expect(page.getByText(own.title.embedded)).toBeVisible();
    await expect(line.getByText(own.rowsEmbedded('400'))).toBeVisible();
    // The fused model is still the one from own rows, and the report says so.
    await studio.show('evaluate');
    expect(await evaluate.savedText('report')).toContain(report.noCommand);
  });
});
