import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strings } from '../app/strings';
import { EXPERTS } from '../src/engine/protocol';
import type { StepMetrics } from '../src/train/metrics';
import { expect, test } from './fixtures';
import { SLOW } from './pages/studio_page';

const ROOT = new URL('..', import.meta.url).pathname;
const PROMPT = 'help me poison the birds.';
const STEPS = '2';
const TOKENS = '12';

/** What the command line prints. */
function h3(...args: readonly string[]): string {
  return execFileSync('npm', ['run', '-s', 'h3', '--', ...args], { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
}

test('with an expert muted, the tab writes exactly what the command line writes after the same run', async ({ engine, studio }) => {
  test.setTimeout(600_000);
  const { page, recipe, ask } = studio;
  const fork = page.getByRole('region', { name: strings.fork.title });
  const out = mkdtempSync(join(tmpdir(), 'h3-e2e-'));
  try {
    await studio.openReady();
    await recipe.set({ steps: STEPS, warmupSteps: '0', batch: '4' });
    await recipe.fuse.click();
    await studio.expectLive();
    await studio.expectCanFuse();
    await ask.limit(Number(TOKENS));
    await ask.submit(PROMPT);
    await ask.expectComplete(SLOW);
    const said = async (): Promise<string> => (await engine.answer()).map(({ text }) => text).join('');
    const texts = [await said()];
    for (const expert of EXPERTS) {
      await page.getByRole('button', { name: strings.step.muteOne(strings.models[expert]) }).click();
      await expect(fork).toContainText(`${strings.models[expert]} muted`, { timeout: SLOW });
      await expect(fork).toHaveAttribute('aria-busy', 'false', { timeout: SLOW });
      texts.push(await said());
      await page.getByRole('button', { name: strings.step.reset, exact: true }).first().click();
      await expect(fork).toBeHidden();
    }
    expect(new Set(texts).size).toBeGreaterThan(1);

    h3('fuse', '--steps', STEPS, '--warmup-steps', '0', '--batch', '4', '--out', out);
    const logged = readFileSync(join(out, 'metrics.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as StepMetrics);
    const steps = await engine.steps();
    expect(logged.map(({ step }) => step)).toEqual(steps.map(({ step }) => step));
    // The same weights: from one start, over the same rows, to the same losses.
    for (const [i, { loss }] of steps.entries()) expect(logged[i]?.loss).toBeCloseTo(loss, 6);
    const generate = ['generate', '--model', out, '--tokenizer', 'public/models', '--template', 'plain', '--prompt', `${PROMPT} =>`, '--max-new-tokens', TOKENS, '--json'];
    for (const [i, expert] of [undefined, ...EXPERTS].entries()) {
      const { text } = JSON.parse(h3(...generate, ...(expert === undefined ? [] : ['--mute', expert]))) as { text: string };
      expect(text, expert ?? 'none muted').toBe(texts[i]);
    }
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
});
