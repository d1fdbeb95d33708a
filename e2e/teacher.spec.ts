import { strings } from '../app/strings';
import type { RecordedRun } from '../src/engine/recorded_run';
import type { StepMetrics } from '../src/train/metrics';
import { expectAccessible } from './axe';
import { EngineLog, lastRouterReport } from './engine_log';
import { expect, test } from './fixtures';
import { LessonPages } from './pages/lesson_part';
import { SLOW, StudioPage } from './pages/studio_page';

const { around: { lesson: texts }, models, own, report } = strings;
/** One that the recorded run has answered, so that it can be guessed at before anything is fused. */
const PROMPT = 'are bats blind?';
const STEPS = 3;
const FOUR = ['helpful', 'harmless', 'honest', 'base'] as const;

/** Share of the router's opinion that the rows of each kind give their own expert: means over layers, as the engine reported them last. */
function ownShares(steps: readonly StepMetrics[]): number[] {
  const layers = lastRouterReport(steps);
  return [0, 1, 2].map((kind) => layers.reduce((sum, layer) => sum + (layer[kind]?.[kind] ?? NaN), 0) / layers.length);
}

test('ten minutes of a teacher: a broken lesson is guessed at, found out, repaired, stepped into, drawn and reported', async ({ studio, browser }) => {
  test.setTimeout(900_000);

  const link = await test.step('the teacher breaks the recipe, chooses who answers, and takes the link', async () => {
    const teacher = new LessonPages(studio.page);
    await studio.openReady();
    await studio.recipe.broken('dead-expert').click();
    await expect(studio.page.getByText(own.breaks.help['dead-expert'].what)).toBeVisible();
    await studio.recipe.set({ steps: String(STEPS), warmupSteps: '0', batch: '8' });
    await studio.inspect.choose(FOUR);
    await teacher.make();
    await teacher.recipe('over-refusal');
    await expect(teacher.link).toHaveValue(/recipe\.fault=refuse-all/);
    await teacher.recipe('');
    await teacher.begins('guess');
    await teacher.dialog.getByLabel(texts.prompt, { exact: true }).first().fill(PROMPT);
    for (const part of ['presets', 'recipe', 'prompt'] as const) await teacher.hold(part, 'locked');
    const made = await teacher.link.inputValue();
    expect(made).toMatch(/#inspect\?v=1&.*recipe\.fault=honest-as-harmless.*inspect=guess&inspect\.side=helpful%2Charmless%2Chonest%2Cbase&lesson=1/);
    await studio.page.keyboard.press('Escape');
    return made;
  });

  const fresh = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await fresh.newPage();
  const engine = await EngineLog.attach(page);
  const student = new StudioPage(page);
  const lesson = new LessonPages(page);
  const { ask, evaluate, inspect: taken, recipe } = student;
  const train = async (): Promise<readonly StepMetrics[]> => {
    const steps = await student.fuse(engine);
    expect(steps).toHaveLength(STEPS);
    return steps;
  };

  await test.step('a student predicts, then sees: the recorded answer, before anything is fused', async () => {
    const recorded = (await (await page.request.get(new URL('models/recorded_run.json', link).href)).json()) as RecordedRun;
    const answer = recorded.snapshots.at(-1)?.answers.find(({ prompt }) => prompt === PROMPT);
    // Commas and full stops are not asked about.
    const words = answer?.tokens.filter(({ text }) => /[\p{L}\p{N}]/u.test(text)) ?? [];
    const truths = words.map(({ shares }) => shares.slice(-3)).map((shares) => shares.indexOf(Math.max(...shares)));
    await student.open(link);
    await expect(lesson.line).toBeVisible();
    await expect(taken.mode('guess')).toBeChecked();
    await expect(ask.prompt).toHaveValue(PROMPT);
    await expect(ask.prompt).toBeDisabled();
    await taken.begin.click();
    await expect(taken.title).toHaveText(strings.guess.title(words[0]?.text.trim() ?? ''));
    await expect(page.getByText(strings.guess.recorded)).toBeVisible();
    // The first guess is wrong, all others are right.
    for (const [i, truth] of truths.entries()) {
      await page.keyboard.press(String(((i === 0 ? truth + 1 : truth) % 3) + 1));
      await taken.expectScore(i, i + 1);
    }
    await expect(taken.title).toHaveText(strings.guess.titleDone);
  });

  await test.step('four answers to one prompt stand side by side, each its own model’s', async () => {
    await taken.mode('side').check();
    await expect(page.getByRole('main').getByRole('article')).toHaveCount(FOUR.length);
    const button = page.getByRole('button', { name: strings.side.ask, exact: true });
    await expect(button).toBeEnabled({ timeout: SLOW });
    await button.click();
    const answers = new Set<string>();
    for (const model of FOUR) answers.add(await taken.told(model));
    expect(await taken.told('base')).toBe((await engine.answer()).map(({ text }) => text).join('').trim());
    expect(answers.size).toBeGreaterThan(1);
    await expectAccessible(page, 'lesson, four answers');
  });

  const broken = await test.step('the broken recipe is locked and says what it is; in a few steps Honest is hardly called', async () => {
    await student.show('fuse');
    await expect(recipe.number('steps')).toBeDisabled();
    await expect(recipe.preset('default')).toBeDisabled();
    await expect(recipe.broken('dead-expert')).toBeDisabled();
    const steps = await train();
    const [helpful = NaN, , honest = NaN] = ownShares(steps);
    const share = steps.at(-1)?.router?.share[2] ?? NaN;
    test.info().annotations.push({ type: 'broken', description: `own ${ownShares(steps).join(' ')}, Honest gets ${String(share)}` });
    expect(helpful).toBeGreaterThan(0.5);
    expect(honest).toBeLessThan(1 / 3);
    expect(share).toBeLessThan(0.05);
    await student.train.showTable();
    expect(await student.train.tableValues()).toEqual(lastRouterReport(steps).map((layer) => layer.map((row) => row.map((p) => Math.fround(p).toFixed(2)))));
    await student.train.unsmoothed();
    await expect(student.train.strip('load').plot).toHaveAccessibleName(new RegExp(`Step ${String(STEPS)}: .*, ${(100 * share).toFixed(0)} %$`));
    return { honest, share };
  });

  await test.step('the lesson is left, and the default recipe repairs it', async () => {
    await student.show('fuse');
    await lesson.leave();
    await recipe.preset('default').check();
    await expect(page.getByText(own.breaks.note)).toHaveCount(0);
    await recipe.set({ steps: String(STEPS), warmupSteps: '0', batch: '8' });
    const steps = await train();
    test.info().annotations.push({ type: 'repaired', description: `own ${ownShares(steps).join(' ')}` });
    expect(ownShares(steps)[2]).toBeGreaterThan(broken.honest + 0.2);
    expect(steps.at(-1)?.router?.share[2]).toBeGreaterThan(broken.share + 0.1);
  });

  await test.step('an expert is muted, and what answers then never calls it', async () => {
    await student.show('inspect');
    await taken.mode('look').check();
    await ask.limit(8);
    await ask.submit(PROMPT);
    await ask.expectComplete(SLOW);
    await taken.mute('honest').click();
    await expect(taken.fork).toBeVisible({ timeout: SLOW });
    await expect(taken.fork).toHaveAttribute('aria-busy', 'false', { timeout: SLOW });
    for (const { shares } of await engine.answer()) expect(shares[2] ?? 0).toBe(0);
  });

  await test.step('the fused model is measured and drawn as a radar, and the report has all of it', async () => {
    await student.show('evaluate');
    await evaluate.start.click();
    await expect(evaluate.row('fused').first()).toBeVisible({ timeout: 4 * SLOW });
    await evaluate.stop.click();
    await expect(evaluate.start).toBeEnabled({ timeout: SLOW });
    await evaluate.view('radar');
    await expect(evaluate.picture(/^Radar of helpful, harmless and honest\. .*Fused: helpful \d+/)).toBeVisible();
    const text = await evaluate.savedText('report');
    const fused = (await evaluate.scores('fused'))[3] ?? NaN;
    for (const part of [report.title, report.command, `--steps ${String(STEPS)}`, models.fused, fused.toFixed(1)]) expect(text).toContain(part);
  });
  student.expectNoComplaints();
  await fresh.close();
});
