import { readFile } from 'node:fs/promises';
import { expect, type Download, type Locator, type Page } from 'playwright/test';
import type { Screen } from '../../app/shell/screens';
import { strings } from '../../app/strings';
import type { AnswerModel, ExpertId } from '../../src/engine/protocol';

const { driftMap, evaluate, radar, save, tradeoff } = strings;

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

  async view(name: 'dots' | 'radar' | 'table'): Promise<void> {
    await this.page.getByRole('radio', { name: name === 'radar' ? radar.name : evaluate[name], exact: true }).check();
  }

  /** The picture whose description begins so. */
  picture(start: string | RegExp): Locator {
    return this.page.getByRole('main').getByRole('img', { name: start });
  }

  /** Sets a weight of the mix from the keyboard: Home, then one press a step. */
  async weigh(expert: ExpertId, steps: number): Promise<void> {
    const slider = this.page.getByRole('slider', { name: tradeoff.mix.weight(strings.models[expert]) });
    await slider.focus();
    await this.page.keyboard.press('Home');
    for (let step = 0; step < steps; step++) await this.page.keyboard.press('ArrowRight');
  }

  get mix(): Locator {
    return this.page.getByRole('button', { name: tradeoff.mix.start });
  }

  get drawMap(): Locator {
    return this.page.getByRole('button', { name: new RegExp(`^(${driftMap.start}|${driftMap.again})$`) });
  }

  /** Presses a button that saves. */
  async saved(what: 'model' | 'report' | 'run'): Promise<Download> {
    const [download] = await Promise.all([this.page.waitForEvent('download'), this.page.getByRole('button', { name: save[what], exact: true }).click()]);
    return download;
  }

  async savedText(what: 'report' | 'run'): Promise<string> {
    return readFile(await (await this.saved(what)).path(), 'utf8');
  }

  /** A panel by the text of its note. */
  async expectPanels(): Promise<void> {
    for (const note of [evaluate.confusion.caption, evaluate.ablation.note, evaluate.drift.note]) {
      await expect(this.page.getByRole('table', { name: note })).toBeVisible();
    }
  }
}
