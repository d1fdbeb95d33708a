import { expect, type Locator, type Page } from 'playwright/test';
import type { Screen } from '../../app/shell/screens';
import { strings } from '../../app/strings';
import { EXPERTS, type AnswerModel, type BaselineId } from '../../src/engine/protocol';

const { watch } = strings;

/** One token of the answer, as a screen reader and the eye have it. */
export interface WrittenWord {
  readonly label: string;
  /** Heights of its bars as shares, by expert; no entry for an expert that was dropped. */
  readonly bars: Readonly<Partial<Record<string, number>>>;
}

/** The prompt box and the answer, on the screen that takes a model apart. */
export class AskPart {
  readonly prompt: Locator;
  readonly answer: Locator;
  readonly words: Locator;
  private readonly region: Locator;

  constructor(page: Page, private readonly show: (screen: Screen) => Promise<void>) {
    this.region = page.getByRole('main');
    this.prompt = this.region.getByLabel(watch.prompt, { exact: true });
    this.answer = page.getByRole('listbox', { name: watch.score });
    this.words = this.answer.getByRole('option');
  }

  who(model: AnswerModel): Locator {
    return this.region.getByRole('radio', { name: strings.models[model] });
  }

  /** The select beside the answer. */
  get baseline(): Locator {
    return this.region.getByLabel(strings.compare.choose);
  }

  /** What a baseline answered beside the model that was asked. */
  compared(baseline: BaselineId): Locator {
    return this.region.getByRole('article', { name: strings.models[baseline], exact: true });
  }

  /** Asks; does not wait. */
  async submit(prompt: string): Promise<void> {
    await this.show('inspect');
    await this.prompt.fill(prompt);
    await this.region.getByRole('button', { name: watch.ask, exact: true }).click();
  }

  /** Tokens at most, from the settings of the answer. */
  async limit(tokens: number): Promise<void> {
    await this.show('inspect');
    const field = this.region.getByLabel(watch.maxNewTokens);
    if (!(await field.isVisible())) await this.region.getByText(watch.more).click();
    await field.fill(String(tokens));
  }

  async expectComplete(timeout: number): Promise<void> {
    await expect(this.region.getByText(new RegExp(`${watch.reasons.end}|${watch.reasons.length}`))).toBeVisible({ timeout });
    await expect(this.region.getByRole('status').filter({ hasText: /^The answer is complete/ })).toBeAttached();
  }

  async written(): Promise<WrittenWord[]> {
    await this.show('inspect');
    return this.words.evaluateAll((words, experts) => words.map((word) => {
      const bars = experts.flatMap((expert) => {
        const bar = word.querySelector(`[data-expert="${expert}"]`);
        return bar instanceof HTMLElement && bar.offsetHeight > 0
          ? [[expert, Number(bar.style.getPropertyValue('--share'))] as const]
          : [];
      });
      return { label: word.getAttribute('aria-label') ?? '', bars: Object.fromEntries(bars) };
    }), EXPERTS);
  }
}
