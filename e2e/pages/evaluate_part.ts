import { expect, type Locator, type Page } from 'playwright/test';
import type { Screen } from '../../app/shell/screens';
import { strings } from '../../app/strings';
import type { AnswerModel } from '../../src/engine/protocol';

const { evaluate } = strings;

/** Scores of models, and what the fused one is made of. */
export class EvaluatePart {
  readonly start: Locator;
  readonly fusedAlone: Locator;
  readonly stop: Locator;

  constructor(private readonly page: Page, private readonly show: (screen: Screen) => Promise<void>) {
    this.start = page.getByRole('button', { name: new RegExp(`^(${evaluate.start}|${evaluate.again})$`) });
    this.fusedAlone = page.getByRole('button', { name: evaluate.fusedAlone });
    this.stop = page.getByRole('main').getByRole('button', { name: evaluate.stop, exact: true });
  }

  row(model: AnswerModel): Locator {
    return this.page.getByRole('row').filter({ has: this.page.getByRole('rowheader', { name: strings.models[model], exact: true }) });
  }

  /** Scores of one model in points, as the table writes them: helpful, harmless, honest, mean. */
  async scores(model: AnswerModel): Promise<number[]> {
    await this.show('evaluate');
    await this.page.getByRole('radio', { name: evaluate.table }).check();
    const cells = await this.row(model).getByRole('cell').allInnerTexts();
    await this.page.getByRole('radio', { name: evaluate.dots }).check();
    return cells.slice(0, 4).map((text) => Number.parseFloat(text));
  }

  /** A panel by the text of its note. */
  async expectPanels(): Promise<void> {
    for (const note of [evaluate.confusion.caption, evaluate.ablation.note, evaluate.drift.note]) {
      await expect(this.page.getByRole('table', { name: note })).toBeVisible();
    }
  }
}
