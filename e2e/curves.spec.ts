import { EXPERTS } from '../src/engine/protocol';
import type { StepMetrics } from '../src/train/metrics';
import { MEASURES, MORE_STRIPS, STRIPS, type StripId } from '../app/train/measures';
import { strings } from '../app/strings';
import { expect, test } from './fixtures';

const WARMUP = 2;
const STEPS = 10;
/** Of the distance between the outermost grid lines: the numbers at those are rounded. */
const OFF = 0.02;

/** What a strip draws of one step: one number, or one an expert; NaN where the step did not measure it. */
function reported(id: StripId, { phase, router, ...step }: StepMetrics): readonly number[] {
  switch (id) {
    case 'lm': case 'loss': return [phase === 'warmup' ? NaN : step[id]];
    case 'gate': case 'gradientNorm': case 'learningRate': case 'tokensPerSecond': return [step[id]];
    case 'drift': return step.drift;
    case 'load': return (router?.share ?? []).map((share) => 100 * share);
    case 'accuracy': return [100 * (router?.accuracy ?? NaN)];
    case 'entropy': return [router?.entropy ?? NaN];
    default: return id satisfies never;
  }
}

test('every point of every strip, its reading at any step, and the saved numbers are those that the engine reported', async ({ engine, studio }) => {
  test.setTimeout(600_000);
  const { page, recipe, train, evaluate } = studio;
  await studio.openReady();
  await recipe.setSmall(STEPS);
  await recipe.set({ warmupSteps: String(WARMUP), drift: '0.01' });
  await recipe.fuse.click();
  await studio.expectLive();
  await studio.expectCanFuse();
  const steps = await engine.steps();
  expect(steps.map(({ step, phase }) => [step, phase])).toEqual(Array.from({ length: WARMUP + STEPS }, (_, i) => [i + 1, i < WARMUP ? 'warmup' : 'tune']));
  await train.unsmoothed();
  await page.getByRole('button', { name: strings.train.chart.more }).click();
  const ids = [...STRIPS, ...MORE_STRIPS];

  await test.step('the lines', async () => {
    for (const id of ids) {
      const strip = train.strip(id);
      await strip.plot.scrollIntoViewIfNeeded();
      const off = OFF * await strip.span();
      const colours = reported(id, steps[0] as StepMetrics).length > 1 ? EXPERTS.map((expert) => `--${expert}`) : ['--ink'];
      for (const [line, colour] of colours.entries()) {
        const wanted = steps.map((step) => ({ step: step.step, value: reported(id, step)[line] ?? NaN })).filter(({ value }) => Number.isFinite(value));
        await expect.poll(async () => (await strip.points(colour)).length, `${id} ${colour}`).toBe(wanted.length);
        const drawn = await strip.points(colour);
        const [first, last] = [wanted[0], wanted.at(-1)];
        for (const [i, { step, value }] of wanted.entries()) {
          expect(Math.abs((drawn[i]?.value ?? NaN) - value), `${id} ${colour}, step ${String(step)}: ${String(value)}`).toBeLessThanOrEqual(off);
          // Steps stand at equal distances.
          const share = (step - (first?.step ?? 0)) / ((last?.step ?? 1) - (first?.step ?? 0));
          expect(drawn[i]?.x).toBeCloseTo((drawn[0]?.x ?? NaN) + share * ((drawn.at(-1)?.x ?? NaN) - (drawn[0]?.x ?? NaN)), 2);
        }
      }
    }
  });

  await test.step('the readings under the crosshair, at the start, in between and at the end', async () => {
    for (const step of [1, WARMUP + 1, 7, WARMUP + STEPS]) {
      await train.lossesAt(step);
      for (const id of ids) {
        const wanted = reported(id, steps[step - 1] as StepMetrics).filter(Number.isFinite).map((value) => MEASURES[id].write(Math.fround(value)));
        await expect.poll(() => train.strip(id).readings(), `${id}, step ${String(step)}`).toEqual(wanted);
      }
    }
  });

  await test.step('the file', async () => {
    await studio.show('evaluate');
    const [head = '', ...lines] = (await evaluate.savedText('run')).trimEnd().split('\n');
    const names = head.split(',');
    const rows = lines.map((line) => new Map(line.split(',').map((cell, i) => [names[i], cell])));
    expect(rows.map((row) => [Number(row.get('step')), row.get('phase')])).toEqual(steps.map(({ step, phase }) => [step, phase]));
    for (const [i, step] of steps.entries()) {
      const near = (name: string, value = NaN): void => {
        const cell = rows[i]?.get(name);
        if (Number.isFinite(value)) expect(Math.fround(Number(cell)), `${name}, step ${String(step.step)}`).toBe(Math.fround(value));
        else expect(cell, name).toBe('');
      };
      near('language_loss', reported('lm', step)[0]);
      near('total_loss', reported('loss', step)[0]);
      near('gate_loss', step.gate);
      near('router_accuracy', step.router?.accuracy);
      near('router_entropy', step.router?.entropy);
      near('gradient_norm', step.gradientNorm);
      near('learning_rate', step.learningRate);
      for (const [e, expert] of EXPERTS.entries()) {
        near(`drift_${expert}`, step.drift[e]);
        near(`share_${expert}`, step.router?.share[e]);
      }
    }
  });
});
