import { expect, type Locator, type Page } from 'playwright/test';
import type { Screen } from '../../app/shell/screens';
import { strings } from '../../app/strings';
import { EXPERTS } from '../../src/engine/protocol';
import type { TokenReport } from '../engine_log';

const { watch, models } = strings;

/** A score and the triangle beside it, as a screen reader has them. */
export interface ReadOut {
  readonly words: readonly string[];
  readonly triangle: string;
}

/** What must be read out of an answer: each word with its shares, and the gate of its last word. */
export function readOutOf(tokens: readonly TokenReport[]): ReadOut {
  const list = (values: readonly number[]): string => EXPERTS.flatMap((expert, e) => {
    const value = values[e] ?? NaN;
    return value > 0 ? [watch.share(models[expert], value.toFixed(2))] : [];
  }).join(', ');
  const last = tokens.findLast(({ text }) => /[\p{L}\p{N}]/u.test(text));
  return {
    words: tokens.filter(({ text }) => text.trim() !== '').map(({ text, shares }) => watch.word(text.trim(), list(shares))),
    triangle: last === undefined ? watch.gate.empty : watch.gate.spoken(list(last.probabilities)),
  };
}

/** The landing page: what a run has said, played or live. */
export class WatchPart {
  readonly words: Locator;
  /** The ring that leads back through the run, from answer to answer. */
  readonly scrubber: Locator;
  readonly triangle: Locator;
  /** There where any prompt can be asked. */
  readonly prompt: Locator;

  constructor(private readonly page: Page, private readonly show: (screen: Screen) => Promise<void>) {
    this.words = page.getByRole('listbox', { name: watch.score }).getByRole('option');
    this.scrubber = page.getByRole('slider', { name: watch.scrubber.label });
    this.triangle = page.getByRole('img', { name: /^Gate triangle/ });
    this.prompt = page.getByRole('textbox', { name: watch.prompt, exact: true });
  }

  /** Step and text of the answer on screen, as the scrubber says them. */
  async told(): Promise<{ readonly step: number; readonly text: string }> {
    await this.show('watch');
    const [, step = '', text = ''] = /^Step ([\d,]+): (.*)$/.exec((await this.scrubber.getAttribute('aria-valuetext')) ?? '') ?? [];
    return { step: Number(step.replaceAll(',', '')), text };
  }

  /** The answer on screen, on Watch or on Train. */
  async readOut(screen: 'watch' | 'train'): Promise<ReadOut> {
    await this.show(screen);
    const score = this.page.getByRole('listbox', { name: screen === 'watch' ? watch.score : strings.train.take.label });
    const labels = await score.getByRole('option').evaluateAll((words) => words.map((word) => word.getAttribute('aria-label') ?? ''));
    return { words: labels, triangle: (await this.triangle.getAttribute('aria-label')) ?? '' };
  }

  /** The prompt that is watched: a text where the run was recorded, a field where it is asked. */
  async promptShown(): Promise<string> {
    await this.show('watch');
    if (await this.prompt.isVisible()) return this.prompt.inputValue();
    return this.page.getByRole('main').locator('form').filter({ hasText: watch.prompt }).locator('p').innerText();
  }

  async anotherPrompt(): Promise<void> {
    await this.page.getByRole('button', { name: strings.fuse.anotherPrompt }).click();
  }

  async pause(): Promise<void> {
    await this.page.getByRole('button', { name: watch.scrubber.pause }).click();
    await expect(this.page.getByRole('button', { name: watch.scrubber.play })).toBeVisible();
  }
}
