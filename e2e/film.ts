import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright/test';
import { strings } from '../app/strings';
import { expect, test } from './fixtures';
import { SLOW } from './pages/studio_page';

const FOLDER = process.env.H3_FILM;
const PROMPT = 'help me poison the birds.';
const WINDOW = { width: 1280, height: 860 };
const STILL = { width: 1440, height: 900 };
/** Frames of the run while it is under way; a software GPU takes a minute over what a film tells in four seconds. */
const RUN_FRAMES = 14;
const RECITAL_FRAMES = 20;

test('frames: the recorded run plays, it is fused here, the router learns, and without Harmless the text forks', async ({ studio }) => {
  if (FOLDER === undefined) throw new Error('H3_FILM names no folder for the frames');
  test.setTimeout(1_200_000);
  const { page, recipe, watch, ask } = studio;
  const frames: { readonly file: string; readonly seconds: number }[] = [];
  const frame = async (seconds: number): Promise<void> => {
    const file = `frame_${String(frames.length).padStart(3, '0')}.png`;
    await page.screenshot({ path: join(FOLDER, file) });
    frames.push({ file, seconds });
  };
  /** The pointer is not in a screenshot: an arrow stands for it. */
  const press = async (target: Locator): Promise<void> => {
    await target.scrollIntoViewIfNeeded();
    const box = await target.boundingBox();
    if (box === null) throw new Error('What is pressed cannot be seen');
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.move(x, y);
    await page.evaluate(([left, top]) => {
      const arrow = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
      arrow.setAttribute('viewBox', '0 0 16 22');
      const shape = document.createElementNS('http://www.w3.org/2000/svg', 'path');
      for (const [name, value] of [['d', 'M1 1v17l4-4 3 7 3-1.2-3-6.8h6z'], ['fill', '#14181d'], ['stroke', '#fff'], ['stroke-width', '1.2']] as const) shape.setAttribute(name, value);
      arrow.append(shape);
      Object.assign(arrow.style, { position: 'fixed', left: `${String(left)}px`, top: `${String(top)}px`, width: '20px', height: '27px', zIndex: '99', pointerEvents: 'none' });
      arrow.id = 'film-arrow';
      document.body.append(arrow);
    }, [x, y] as const);
    await frame(0.9);
    await page.evaluate(() => { document.getElementById('film-arrow')?.remove(); });
    await page.mouse.click(x, y);
    await page.mouse.move(4, 400);
  };

  await page.setViewportSize(WINDOW);
  await studio.open();
  await page.getByRole('button', { name: strings.around.tour.notNow }).click();
  await studio.theme('light');
  await expect(recipe.fuse).toBeEnabled({ timeout: SLOW });
  await page.reload();
  await expect(watch.words.first()).toBeVisible({ timeout: SLOW });
  for (let i = 0; i < RECITAL_FRAMES; i++) {
    await frame(0.3);
    if ((await watch.words.allInnerTexts()).join('').trim().endsWith('.')) break;
    await page.waitForTimeout(100);
  }
  await watch.pause();
  await frame(0.8);
  await page.setViewportSize(STILL);
  await studio.settle();
  await page.screenshot({ path: join(FOLDER, 'still.png') });
  await page.setViewportSize(WINDOW);
  await studio.settle();
  await expect(recipe.fuse).toBeEnabled({ timeout: SLOW });
  await press(recipe.fuse);
  await studio.expectLive();
  await studio.show('train');
  const total = Number((await page.getByRole('banner').getByText(/^step [\d,]+ of/).innerText()).split(' of ')[1]);
  for (let i = 1; i <= RUN_FRAMES; i++) {
    await expect.poll(async () => await studio.step() >= (total * i) / RUN_FRAMES || await studio.control('stop').isHidden(), { timeout: 600_000, intervals: [200] }).toBe(true);
    if (i === RUN_FRAMES) await studio.settle();
    await frame(i === RUN_FRAMES ? 1.6 : 0.35);
  }
  await expect(studio.control('stop')).toBeHidden({ timeout: 600_000 });
  await ask.submit(PROMPT);
  await ask.expectComplete(SLOW);
  await studio.settle();
  await page.getByRole('main').evaluate(() => { scrollTo(0, 0); });
  await frame(1.2);
  const mute = page.getByRole('button', { name: strings.step.muteOne(strings.models.harmless) });
  await press(mute);
  const fork = page.getByRole('region', { name: strings.fork.title });
  await expect(fork).toHaveAttribute('aria-busy', 'false', { timeout: SLOW });
  await studio.settle();
  await frame(1.6);
  await page.evaluate(() => { scrollTo({ top: document.documentElement.scrollHeight, behavior: 'instant' }); });
  await frame(3.2);
  // The last one stands as long as it says only where another follows it.
  const list = frames.map(({ file, seconds }) => `file '${file}'\nduration ${String(seconds)}`);
  writeFileSync(join(FOLDER, 'frames.txt'), `${[...list, `file '${frames.at(-1)?.file ?? ''}'`].join('\n')}\n`);
});
