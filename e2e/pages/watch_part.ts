import { expect, type Locator, type Page } from 'playwright/test';
import type { Screen } from '../../app/shell/screens';
import { strings } from '../../app/strings';

const { watch } = strings;

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

  async anotherPrompt(): Promise<void> {
    await this.page.getByRole('button', { name: strings.fuse.anotherPrompt }).click();
  }

  async pause(): Promise<void> {
    await this.page.getByRole('button', { name: watch.scrubber.pause }).click();
    await expect(this.page.getByRole('button', { name: watch.scrubber.play })).toBeVisible();
  }
}
