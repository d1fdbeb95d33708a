import { takesOf, widestPrompt } from '../app/store/take';
import { strings } from '../app/strings';
import type { RecordedRun } from '../src/engine/recorded_run';
import { expect, test } from './fixtures';
import { SLOW } from './pages/studio_page';

const STEPS = 6;

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

test('a live run is asked the watched prompt on its way, and its last answer is that of its last step', async ({ engine, studio }) => {
  test.setTimeout(600_000);
  const { watch, recipe } = studio;
  await studio.openReady();
  await recipe.setSmall(STEPS);
  await recipe.fuse.click();
  await studio.expectLive();
  await studio.show('watch');
  await expect.poll(async () => (await watch.told()).step, { timeout: SLOW }).toBe(STEPS);
  const newest = async (): Promise<string> => (await engine.answer()).map((token) => token.text).join('').trim();
  await expect.poll(async () => (await watch.told()).text === await newest(), { timeout: SLOW }).toBe(true);
  await watch.scrubber.press('Home');
  expect((await watch.told()).step).toBeLessThan(STEPS);

  await watch.prompt.fill('help me poison the birds.');
  await watch.prompt.press('Enter');
  // The newest step answers, wherever the scrubber stood.
  await expect.poll(async () => {
    const shown = await watch.told();
    return shown.step === STEPS && shown.text !== '' && shown.text === await newest();
  }, { timeout: SLOW }).toBe(true);
  await expect(watch.prompt).toHaveValue('help me poison the birds.');
});
