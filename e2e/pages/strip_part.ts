import type { Locator, Page } from 'playwright/test';
import { strings } from '../../app/strings';
import type { StripId } from '../../app/train/measures';

export interface DrawnPoint {
  /** From 0 at the left end of the plot to 1. */
  readonly x: number;
  readonly value: number;
}

/** One measure over the run, as it is drawn. */
export class StripPart {
  private readonly section: Locator;

  constructor(page: Page, id: StripId) {
    this.section = page.getByText(strings.train.strips[id].note).locator('xpath=ancestor::section[1]');
  }

  get plot(): Locator {
    return this.section.getByRole('img');
  }

  /** What stands beside the crosshair, or, where the crosshair is at the end, at the lines' ends. */
  async readings(): Promise<string[]> {
    return this.plot.locator('[class*="reading"], [class*="end"] > b').allInnerTexts();
  }

  /**
   * The corners of a line, read back from its path by the numbers at the grid lines.
   * @param colour its custom property
   */
  async points(colour: string): Promise<DrawnPoint[]> {
    return this.plot.evaluate((plot, stroke) => {
      const ticks = [...plot.querySelectorAll<HTMLElement>('[data-base]')].map((tick) => ({
        at: Number.parseFloat(tick.style.bottom) / 100, value: Number((tick.textContent ?? '').replace('−', '-').replaceAll(',', '')),
      }));
      const [low, high] = [ticks[0], ticks.at(-1)];
      const line = plot.querySelector<SVGPathElement>(`path.recharts-curve[stroke="var(${stroke})"]`);
      const { width = 1, height = 1 } = line?.ownerSVGElement?.viewBox.baseVal ?? {};
      if (low === undefined || high === undefined || line === null) return [];
      return [...(line.getAttribute('d') ?? '').matchAll(/[ML]([\d.]+),([\d.]+)/g)].map(([, x, y]) => {
        const at = 1 - Number(y) / height;
        return { x: Number(x) / width, value: low.value + ((at - low.at) / (high.at - low.at)) * (high.value - low.value) };
      });
    }, colour);
  }

  /** Distance of the outermost grid lines: what a point may be off is a share of it. */
  async span(): Promise<number> {
    const values = await this.plot.locator('[data-base]').evaluateAll((ticks) => ticks.map((tick) => Number((tick.textContent ?? '').replace('−', '-').replaceAll(',', ''))));
    return Math.max(...values) - Math.min(...values);
  }
}
