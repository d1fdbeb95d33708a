import { takesOf, widestPrompt } from '../app/store/take';
import { cividis } from '../app/charts/cividis';
import { strings } from '../app/strings';
import type { RecordedRun } from '../src/engine/recorded_run';
import { lastRouterReport } from './engine_log';
import { expect, test } from './fixtures';
import { SLOW } from './pages/studio_page';
import { readOutOf } from './pages/watch_part';

const STEPS = 6;
/** A step that is scrubbed back to. */
const EARLIER = 2;
/** Not the one that is watched from the start. */
const OWN_PROMPT = 'where is my coat?';

test('the landing page plays the recorded run at once, and leads back through it', async ({ studio }) => {
  const { page, watch } = studio;
  const recorded = (await (await page.request.get('./models/recorded_run.json')).json()) as RecordedRun;
  /** What the recorded model wrote to a prompt, as the file has it. */
  const said = (prompt: string, step: number): string => {
    const answer = recorded.snapshots.find((snapshot) => snapshot.step === step)?.answers.find((one) => one.prompt === prompt);
    return answer?.tokens.map(({ text }) => text).join('').trim() ?? 'nothing';
  };
  await studio.open();
  await expect(studio.tag).toHaveText(strings.header.tags.recorded);
  const steps = recorded.snapshots.map(({ step }) => step);
  const prompts = recorded.snapshots[0]?.answers.map(({ prompt }) => prompt) ?? [];
  // It begins with the prompt that shows most of the three, and goes on in the order of the file.
  const first = widestPrompt(takesOf(recorded.snapshots, recorded.metrics.layers, recorded.metrics.experts)) ?? '';
  const second = prompts[(prompts.indexOf(first) + 1) % prompts.length] ?? '';

  await test.step('word by word, each with its gate in the triangle', async () => {
    await expect(watch.words.first()).toBeVisible();
    await expect(watch.triangle).toHaveAccessibleName(/^Gate triangle\. Probabilities: Helpful 0\.\d\d, Harmless 0\.\d\d, Honest 0\.\d\d$/);
    await expect(page.getByText(first, { exact: true })).toBeVisible();
    expect(await watch.told()).toEqual({ step: steps.at(-1), text: said(first, steps.at(-1) ?? 0) });
  });

  await test.step('paused, the whole answer stands, and the scrubber goes from answer to answer', async () => {
    await watch.pause();
    await watch.scrubber.press('Home');
    expect(await watch.told()).toEqual({ step: 0, text: said(first, 0) });
    await watch.scrubber.press('ArrowRight');
    expect(await watch.told()).toEqual({ step: steps[1], text: said(first, steps[1] ?? 0) });
    await expect(watch.words.last()).toBeVisible();
    const text = (await watch.words.allInnerTexts()).join('');
    expect(text.replace(/\s/g, '')).toBe(said(first, steps[1] ?? 0).replace(/\s/g, ''));
  });

  await test.step('another prompt keeps the step', async () => {
    await watch.anotherPrompt();
    await expect(page.getByText(second, { exact: true })).toBeVisible();
    expect(await watch.told()).toEqual({ step: steps[1], text: said(second, steps[1] ?? 0) });
  });
});

test('where motion is unwanted the recorded answer stands whole', async ({ studio }) => {
  await studio.page.emulateMedia({ reducedMotion: 'reduce' });
  await studio.open();
  await expect(studio.watch.words.first()).toBeVisible();
  const { text } = await studio.watch.told();
  expect((await studio.watch.words.allInnerTexts()).join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
});

test('from the landing page alone a run begins; its answers on the way can be read back, each as the engine gave it', async ({ engine, studio }) => {
  test.setTimeout(600_000);
  const { page, watch, recipe, train } = studio;
  const newest = async (): Promise<string> => (await engine.answer()).map((token) => token.text).join('').trim();

  await test.step('the recorded run plays', async () => {
    await studio.open(`./#watch?v=1&recipe.steps=${String(STEPS)}&recipe.warmupSteps=0&recipe.batch=4&recipe.routerInit=random`);
    await expect(studio.tag).toHaveText(strings.header.tags.recorded);
    await expect(watch.words.first()).toBeVisible();
    const words = await watch.words.count();
    await expect.poll(() => watch.words.count(), { intervals: [100] }).not.toBe(words);
  });

  await test.step('Fuse it here: the tag turns to Live, and the live model writes', async () => {
    await expect(recipe.fuse).toBeEnabled({ timeout: SLOW });
    await recipe.fuse.click();
    await studio.expectLive();
    await expect.poll(async () => (await watch.told()).step, { timeout: SLOW }).toBe(STEPS);
    expect(await engine.steps()).toHaveLength(STEPS);
    await expect.poll(async () => (await watch.told()).text === await newest(), { timeout: SLOW }).toBe(true);
    expect(await newest()).not.toBe('');
    const last = (await engine.answers()).findLast(({ step }) => step === STEPS);
    expect(await watch.readOut('watch')).toEqual(readOutOf(last?.tokens ?? []));
  });

  await test.step('scrubbed back, Watch shows an earlier answer with its words and its gate', async () => {
    await watch.scrubber.press('Home');
    const [first] = await engine.answers();
    expect(first?.step).toBeLessThan(STEPS);
    expect(await watch.told()).toEqual({ step: first?.step, text: first?.tokens.map(({ text }) => text).join('').trim() });
    expect(await watch.readOut('watch')).toEqual(readOutOf(first?.tokens ?? []));
  });

  await test.step('scrubbed back, Train shows losses, heatmap, answer and gate of that step', async () => {
    await train.showTable();
    const steps = await engine.steps();
    const answers = await engine.answers();
    for (const step of [EARLIER, STEPS]) {
      const { lm, gate } = await train.lossesAt(step);
      expect(lm).toBeCloseTo(steps[step - 1]?.lm ?? NaN, 1);
      expect(gate).toBeCloseTo(steps[step - 1]?.gate ?? NaN, 1);
      const report = lastRouterReport(steps.slice(0, step));
      await expect(page.getByText(strings.inspect.note(String(step)))).toBeVisible();
      expect(await train.tableValues()).toEqual(report.map((layer) => layer.map((row) => row.map((p) => Math.fround(p).toFixed(2)))));
      expect(await train.canvasColours(report)).toEqual(report.map((layer) => layer.map((row) => row.map((p) => `${(cividis(Math.fround(p)).match(/\d+/g) ?? []).join(' ')} 255`))));
      const answer = answers.findLast((one) => one.step <= step);
      await expect(page.getByRole('heading', { name: strings.train.take.at(String(answer?.step)) })).toBeVisible();
      expect(await watch.readOut('train')).toEqual(readOutOf(answer?.tokens ?? []));
    }
  });

  await test.step('another prompt is answered by the newest step, wherever the scrubber stood', async () => {
    await train.lossesAt(EARLIER);
    await studio.show('watch');
    await watch.prompt.fill(OWN_PROMPT);
    await watch.prompt.press('Enter');
    await expect.poll(async () => {
      const shown = await watch.told();
      return shown.step === STEPS && shown.text !== '' && shown.text === await newest();
    }, { timeout: SLOW }).toBe(true);
    await expect(watch.prompt).toHaveValue(OWN_PROMPT);
  });
});
