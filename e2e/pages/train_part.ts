import { expect, type Locator, type Page } from 'playwright/test';
import type { Screen } from '../../app/shell/screens';
import { strings } from '../../app/strings';
import type { StripId } from '../../app/train/measures';
import type { RouterReport } from '../engine_log';
import { StripPart } from './strip_part';

export interface LossesOfStep {
  readonly step: number;
  /** Absent in the router's warm-up, which does not measure it. */
  readonly lm: number | undefined;
  readonly gate: number | undefined;
  readonly total: number | undefined;
}

/** The curves and the router's heatmap. */
export class TrainPart {
  readonly scrubber: Locator;
  readonly table: Locator;

  constructor(private readonly page: Page, private readonly show: (screen: Screen) => Promise<void>) {
    this.scrubber = page.getByRole('slider', { name: strings.train.scrubber.label });
    this.table = page.getByRole('table', { name: strings.inspect.grid });
  }

  strip(id: StripId): StripPart {
    return new StripPart(this.page, id);
  }

  /** Draws the values as they were reported. */
  async unsmoothed(): Promise<void> {
    await this.show('train');
    await this.page.getByRole('slider', { name: strings.train.chart.smoothing }).fill('0');
  }

  /** The losses of one step, read from what the scrubber says to a screen reader. Leaves the scrubber there. */
  async lossesAt(step: number): Promise<LossesOfStep> {
    await this.show('train');
    await this.scrubber.fill(String(step));
    await expect(this.scrubber).toHaveAttribute('aria-valuetext', new RegExp(`^Step ${step.toLocaleString('en-US')}\\b`));
    const text = (await this.scrubber.getAttribute('aria-valuetext')) ?? '';
    const value = (name: string): number | undefined => {
      const found = new RegExp(`${name} ([\\d.]+(?:e−?\\d+)?)`).exec(text)?.[1];
      return found === undefined ? undefined : Number(found.replace('−', '-'));
    };
    const { lm, gate, loss } = strings.train.strips;
    return { step, lm: value(lm.plain), gate: value(gate.plain), total: value(loss.plain) };
  }

  /** Back to the newest step. */
  async follow(): Promise<void> {
    await this.show('train');
    const button = this.page.getByRole('button', { name: strings.train.scrubber.follow });
    if (await button.isVisible()) await button.click();
  }

  async showTable(): Promise<void> {
    await this.show('train');
    await this.page.getByRole('button', { name: strings.inspect.showTable }).click();
    await expect(this.table).toBeVisible();
  }

  /** [layer][dataset][expert] of the table as written, lowest layer first. */
  async tableValues(): Promise<string[][][]> {
    const rows = await this.table.locator('tbody tr').all();
    const values = await Promise.all(rows.map((row) => row.getByRole('cell').allInnerTexts()));
    return values.reverse().map((cells) => [0, 3, 6].map((from) => cells.slice(from, from + 3)));
  }

  /** Colours of the canvas, by [layer][dataset][expert]: the corner of each cell, where no digits stand. */
  async canvasColours(report: RouterReport): Promise<string[][][]> {
    const layers = report.length;
    return this.page.getByRole('grid', { name: strings.inspect.grid }).locator('xpath=preceding-sibling::canvas').evaluate((element, layers) => {
      const canvas = element as HTMLCanvasElement;
      const context = canvas.getContext('2d');
      if (context === null) return [];
      const { data, width } = context.getImageData(0, 0, canvas.width, canvas.height);
      const colour = (x: number, y: number): string => Array.from(data.slice(4 * (y * width + x), 4 * (y * width + x) + 4)).join(' ');
      // Painted runs of a row are its cells; between them the ground shows through.
      const starts = (y: number): number[] => {
        const found: number[] = [];
        for (let x = 0; x < width; x++) if (!colour(x, y).endsWith(' 0') && (x === 0 || colour(x - 1, y).endsWith(' 0'))) found.push(x);
        return found;
      };
      return Array.from({ length: layers }, (_, layer) => {
        const y = Math.round(((layers - 1 - layer) * canvas.height) / layers) + 2;
        const cells = starts(y).map((x) => colour(x + 2, y));
        return [0, 3, 6].map((from) => cells.slice(from, from + 3));
      });
    }, layers);
  }
}
