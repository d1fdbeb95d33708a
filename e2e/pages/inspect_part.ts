import { expect, type Locator, type Page } from 'playwright/test';
import type { Screen } from '../../app/shell/screens';
import type { InspectMode } from '../../app/store/inspect';
import { strings } from '../../app/strings';
import type { AnswerModel, ExpertId } from '../../src/engine/protocol';
import { SLOW } from './waits';

const { fork, guess, modes, models, side, step } = strings;

/** The three ways to take an answer apart, and what can be done to the router. */
export class InspectPart {
  readonly title: Locator;
  readonly fork: Locator;

  constructor(private readonly page: Page, private readonly show: (screen: Screen) => Promise<void>) {
    this.title = page.getByRole('heading', { level: 1 });
    this.fork = page.getByRole('region', { name: fork.title });
  }

  mode(mode: InspectMode): Locator {
    return this.page.getByRole('radio', { name: modes[mode], exact: true });
  }

  get begin(): Locator {
    return this.page.getByRole('button', { name: guess.begin, exact: true });
  }

  async expectScore(right: number, of: number): Promise<void> {
    await expect(this.page.getByRole('heading', { level: 3, name: guess.score(String(right), String(of)), exact: true })).toBeVisible();
  }

  /** Sets who answers side by side; all others do not. */
  async choose(chosen: readonly AnswerModel[]): Promise<void> {
    await this.show('inspect');
    await this.mode('side').check();
    const more = this.page.locator('summary', { hasText: side.more });
    const box = (model: string): Locator => this.page.getByRole('group', { name: side.choose }).getByRole('checkbox', { name: model, exact: true });
    if (!(await box(models.base).isVisible())) await more.click();
    for (const model of ['helpful', 'harmless', 'honest', 'fused', 'base'] as const) await box(models[model]).setChecked(chosen.includes(model));
  }

  /** The answer of one model side by side, once it has ended. */
  async told(model: AnswerModel): Promise<string> {
    const status = this.page.getByRole('article', { name: models[model], exact: true }).getByRole('status');
    const start = side.finished(models[model], '');
    await expect(status).toContainText(start.trim(), { timeout: SLOW });
    return ((await status.textContent()) ?? '').slice(start.length);
  }

  mute(expert: ExpertId): Locator {
    return this.page.getByRole('button', { name: step.muteOne(models[expert]) });
  }
}
