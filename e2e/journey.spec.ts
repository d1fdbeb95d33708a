import { cividis } from '../app/charts/cividis';
import { significant } from '../app/format';
import { strings } from '../app/strings';
import { EXPERTS } from '../src/engine/protocol';
import { lastRouterReport } from './engine_log';
import { expect, test } from './fixtures';
import { SLOW } from './pages/studio_page';

/**
 * Enough that no GPU is done before Pause is pressed, and few enough that the learning rate, which rises over a share of the
 * run, is soon there. The run is stopped by hand.
 */
const PLANNED = 2000;
const FIRST_LEG = 8;
const SECOND_LEG = 32;
/** Losses of single small batches jump; means of as many steps do not. */
const WINDOW = 6;
const PAUSED_FOR = 3000;

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

test('three models are asked, fused and tuned, and the fused one answers', async ({ engine, studio }) => {
  test.setTimeout(600_000);

  await test.step('the page opens on four models', async () => {
    await studio.openReady();
    await expect(studio.page.getByRole('article')).toHaveCount(4);
    for (const model of ['base', ...EXPERTS] as const) {
      await expect(studio.model(model).getByText(strings.fuse.parameters('').trim())).toBeVisible();
    }
    await expect(studio.page.getByRole('button', { name: strings.fuse.ledger.all('50') })).toBeVisible();
    await studio.show('inspect');
    await expect(studio.ask.who('fused')).toBeDisabled();
  });

  await test.step('an aligned model answers a prompt', async () => {
    const text = await studio.askModel('helpful');
    expect(text).not.toBe('');
    const tokens = await engine.answer();
    expect(text).toBe(tokens.map((token) => token.text).join('').trim());
  });

  await test.step('Fuse starts a run, and the tag says that it is live', async () => {
    await studio.recipe.setSmall(PLANNED);
    await studio.recipe.set({ batch: '8', gateWeight: '1', learningRate: '0.003' });
    await studio.recipe.fuse.click();
    await studio.expectLive();
    await studio.expectStep(FIRST_LEG);
  });

  await test.step('Pause stops it, one step is one step, Resume goes on', async () => {
    const paused = await studio.pause();
    expect(await engine.steps()).toHaveLength(paused);
    await studio.page.waitForTimeout(PAUSED_FOR);
    expect(await studio.step()).toBe(paused);
    expect(await engine.steps()).toHaveLength(paused);
    await studio.control('single').click();
    await expect(studio.tag).toHaveText(strings.header.tags.paused(String(paused + 1)), { timeout: SLOW });
    await studio.control('resume').click();
    await studio.expectLive();
    await studio.expectStep(paused + SECOND_LEG);
  });

  await test.step('Stop ends it, and what it reported stays', async () => {
    await studio.control('stop').click();
    await expect(studio.control('pause')).toBeHidden({ timeout: SLOW });
    await studio.expectCanFuse();
    await studio.expectLive();
  });

  await test.step('the losses on the page are those of the engine, and they fell', async () => {
    const reported = await engine.steps();
    const count = reported.length;
    await expect.poll(async () => studio.step()).toBe(count);
    const steps = Array.from({ length: WINDOW }, (_, i) => i + 1);
    const read = async (step: number) => {
      const shown = await studio.train.lossesAt(step);
      const { lm = Number.NaN, gate = Number.NaN, loss = Number.NaN } = reported[step - 1] ?? {};
      expect(shown).toEqual({ step, lm: rounded(lm), gate: rounded(gate), total: rounded(loss) });
      return shown.total ?? Number.NaN;
    };
    const first: number[] = [];
    const last: number[] = [];
    for (const step of steps) first.push(await read(step));
    for (const step of steps) last.push(await read(count - WINDOW + step));
    test.info().annotations.push({ type: 'loss', description: `${mean(first).toFixed(2)} to ${mean(last).toFixed(2)} in ${count} steps` });
    expect(mean(last)).toBeLessThan(mean(first));
    await studio.train.follow();
  });

  await test.step('the heatmap and its table hold what the engine reported', async () => {
    const steps = await engine.steps();
    const report = lastRouterReport(steps);
    await studio.train.showTable();
    await expect(studio.page.getByText(`Mean router probability before top-k, step ${String(steps.length)}.`)).toBeVisible();
    expect(await studio.train.tableValues()).toEqual(report.map((layer) => layer.map((row) => row.map((p) => Math.fround(p).toFixed(2)))));
    const drawn = await studio.train.canvasColours(report);
    expect(drawn).toEqual(report.map((layer) => layer.map((row) => row.map((p) => rgba(cividis(Math.fround(p)))))));
  });

  await test.step('the fused model answers, each word with the shares of its experts', async () => {
    await studio.show('inspect');
    await expect(studio.ask.who('fused')).toBeChecked();
    await studio.ask.limit(24);
    await studio.ask.submit(await studio.ask.prompt.inputValue());
    await studio.ask.expectComplete(SLOW);
    const words = await studio.ask.written();
    const tokens = (await engine.answer()).filter(({ text }) => text.trim() !== '');
    expect(words.length).toBeGreaterThan(0);
    expect(words.length).toBe(tokens.length);
    words.forEach(({ label, bars }, i) => {
      const { text = '', shares = [] } = tokens[i] ?? {};
      expect(label).toContain(`“${text.trim()}”`);
      expect(Object.values(bars).reduce<number>((sum, share) => sum + (share ?? 0), 0)).toBeCloseTo(1, 4);
      expect(Object.keys(bars)).toHaveLength(2);
      EXPERTS.forEach((expert, e) => { expect(bars[expert] ?? 0).toBeCloseTo(shares[e] ?? Number.NaN, 6); });
    });
  });

  await test.step('dark mode changes the ground and keeps the run', async () => {
    const ground = async () => studio.page.locator('html').evaluate((root) => getComputedStyle(root).backgroundColor);
    await studio.theme('light');
    const light = await ground();
    await studio.theme('dark');
    expect(await ground()).not.toBe(light);
    await studio.expectLive();
    await expect(studio.ask.words.first()).toBeVisible();
    await studio.page.reload();
    await expect(studio.page.locator('html')).toHaveCSS('color-scheme', 'dark');
  });
});

/** As the page keeps and writes a loss. */
function rounded(value: number): number {
  return Number(significant(Math.fround(value)).replace('−', '-'));
}

/** 'rgb(1, 2, 3)' as the canvas holds it. */
function rgba(colour: string): string {
  return `${(colour.match(/\d+/g) ?? []).join(' ')} 255`;
}
