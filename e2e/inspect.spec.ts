import type { Locator } from 'playwright/test';
import { cividis } from '../app/charts/cividis';
import { place } from '../app/charts/gate_triangle';
import { strings } from '../app/strings';
import { EXPERTS } from '../src/engine/protocol';
import { expectAccessible } from './axe';
import { expect, test } from './fixtures';
import { SLOW } from './pages/studio_page';

const { alone, step: texts, tokens } = strings;
const STEPS = 2;
const PROMPT = 'help me poison the birds.';

/** What the cell that the keys are on says, and the colour that was painted for it. */
async function cellOf(grid: Locator): Promise<{ label: string; colour: string }> {
  return grid.evaluate((element) => {
    const cell = element.querySelector('[role="gridcell"]');
    const canvas = element.parentElement?.querySelector('canvas');
    if (cell === null || !canvas) return { label: '', colour: '' };
    const [box, frame] = [cell.getBoundingClientRect(), canvas.getBoundingClientRect()];
    const at = (px: number): number => Math.round((px + 3) * devicePixelRatio);
    const [red, green, blue] = canvas.getContext('2d')?.getImageData(at(box.left - frame.left), at(box.top - frame.top), 1, 1).data ?? [];
    return { label: cell.getAttribute('aria-label') ?? '', colour: `rgb(${String(red)}, ${String(green)}, ${String(blue)})` };
  });
}

test('an intervention forks the answer; it is undone and done again, by keyboard too', async ({ engine, studio }) => {
  test.setTimeout(600_000);
  const { page, recipe, ask } = studio;
  const fork = page.getByRole('region', { name: strings.fork.title });
  const mute = page.getByRole('button', { name: texts.muteOne(strings.models.harmless) });
  const said = async (): Promise<string> => (await engine.answer()).map((token) => token.text).join('').trim();
  await studio.openReady();

  await test.step('without a run the recorded answer is drawn, and nothing can be done to it', async () => {
    await studio.show('inspect');
    await expect(page.getByRole('grid', { name: tokens.grid })).toBeVisible();
    await expect(mute).toBeDisabled();
  });

  // A ridge router knows its experts from the start.
  await recipe.set({ steps: String(STEPS), warmupSteps: '0', batch: '4' });
  await recipe.fuse.click();
  await studio.expectLive();
  await studio.expectCanFuse();
  await ask.limit(12);
  await ask.submit(PROMPT);
  await ask.expectComplete(SLOW);
  const trained = await said();

  await test.step('a cell is pinned by keyboard, and its panel reads what the engine reported', async () => {
    const reported = await engine.answer();
    await studio.tabTo(page.getByRole('grid', { name: tokens.grid }));
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    // The highest layer of the first expert, at the first word.
    const row = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: strings.models.helpful, exact: true }) }).last();
    await expect(page.getByRole('heading', { name: tokens.pinned(reported[0]?.text.trim() ?? '', '3') })).toBeVisible();
    expect((await row.getByRole('cell').allInnerTexts())[1]).toBe((reported[0]?.probabilities[0] ?? NaN).toFixed(2));
  });

  await test.step('every cell of the heatmap has the colour and the words of what the engine reported', async () => {
    const reported = (await engine.routing()).filter(({ text }) => text.trim() !== '');
    const grid = page.getByRole('grid', { name: tokens.grid });
    const layers = reported[0]?.probabilities.length ?? 0;
    for (const [column, { text, probabilities }] of reported.entries()) {
      for (const [facet, expert] of EXPERTS.entries()) {
        for (let layer = layers - 1; layer >= 0; layer--) {
          const value = probabilities[layer]?.[facet] ?? NaN;
          const { label, colour } = await cellOf(grid);
          expect(label).toBe(tokens.cell(strings.models[expert], String(layer + 1), text.trim(), value.toFixed(2)));
          expect(colour, label).toBe(cividis(value));
          await page.keyboard.press('ArrowDown');
        }
      }
      for (let up = 1; up < layers * EXPERTS.length; up++) await page.keyboard.press('ArrowUp');
      if (column + 1 < reported.length) await page.keyboard.press('ArrowRight');
    }
  });

  await test.step('a word is pinned by a click: logits, what each adds, triangle, and what each alone would have said', async () => {
    await ask.words.nth(1).click();
    const word = (await engine.routing()).filter(({ text }) => text.trim() !== '')[1];
    const text = word?.text.trim() ?? '';
    await expect(page.getByRole('heading', { name: tokens.pinned(text, '3') })).toBeVisible();
    await expect(page.getByText(tokens.adds((word?.stream[2] ?? NaN).toFixed(2)))).toBeVisible();
    for (const [e, expert] of EXPERTS.entries()) {
      const row = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: strings.models[expert], exact: true }) }).last();
      const number = (value: number | undefined): string => (value !== undefined && value > 0 ? value.toFixed(2) : '–');
      const logit = (word?.logits[2]?.[e] ?? NaN).toFixed(2).replace('-', '−');
      expect(await row.getByRole('cell').allInnerTexts()).toEqual([
        logit, (word?.probabilities[2]?.[e] ?? NaN).toFixed(2), number(word?.shares[2]?.[e]), number(word?.adds[2]?.[e]),
      ]);
    }
    const gate = page.locator('[data-now="true"] circle');
    for (const [i, parts] of [word?.probabilities[2], word?.shares[2]].entries()) {
      const { x, y } = place(parts ?? []);
      const at = /translate\(([\d.e-]+)px, ([\d.e-]+)px\)/.exec(await gate.nth(i).evaluate((circle) => (circle as SVGElement).style.transform));
      expect(Number(at?.[1])).toBeCloseTo(x, 2);
      expect(Number(at?.[2])).toBeCloseTo(y, 2);
    }
    for (const who of ['fused', ...EXPERTS] as const) {
      const table = page.getByRole('table', { name: who === 'fused' ? alone.who.fused : alone.who.alone(strings.models[who]), exact: true });
      await expect(table).toBeVisible({ timeout: SLOW });
      const voice = (await engine.voices()).find((told) => told.who === who);
      expect(voice?.top).toHaveLength(5);
      expect(await table.getByRole('rowheader').allInnerTexts()).toEqual(voice?.top.map(({ text: said }) => (said === '' ? alone.ends : said.trim())));
    }
    // Written greedily: the fused model's likeliest word stands there.
    expect((await engine.voices())[0]?.top[0]).toMatchObject({ text: word?.text, chosen: true });
  });

  await test.step('Harmless muted: the engine answers under it, and the fork shows both', async () => {
    await mute.click();
    await expect(mute).toHaveAttribute('aria-pressed', 'true');
    await expect(fork).toBeVisible({ timeout: SLOW });
    await expect(fork).toHaveAttribute('aria-busy', 'false', { timeout: SLOW });
    for (const { shares } of await engine.answer()) expect(shares[1] ?? 0).toBe(0);
    await expect(fork).toContainText(strings.fork.note);
    await expect(page.getByRole('heading', { level: 1, name: /^With Harmless muted, the answer turns at “/ })).toBeVisible();
    expect(await said()).not.toBe(trained);
    await fork.getByRole('button', { name: alone.link }).click();
    await expect(page.getByRole('heading', { level: 3, name: /^Alone, / })).toBeVisible({ timeout: SLOW });
    await expect(fork).toContainText(`With Harmless muted it answers: ${await said()}`);
    await expectAccessible(page, 'inspect, forked');
    if (process.env.H3_LOOK !== undefined) await page.screenshot({ path: process.env.H3_LOOK, fullPage: true });
  });

  await test.step('undo takes it back, redo does it again, and as trained clears it', async () => {
    await page.getByRole('button', { name: texts.undo, exact: true }).click();
    await expect(mute).toHaveAttribute('aria-pressed', 'false');
    await expect(fork).toBeHidden();
    await page.keyboard.press('Control+Shift+Z');
    await expect(mute).toHaveAttribute('aria-pressed', 'true');
    await expect(fork).toBeVisible({ timeout: SLOW });
    await page.getByRole('button', { name: texts.reset, exact: true }).first().click();
    await expect(fork).toBeHidden();
  });
  await studio.expectNoSideScroll(320);
});
