import type { Page } from 'playwright/test';

/** Of a live region: what a screen reader reads out of itself, as soon as it is there. */
export interface Said {
  /** ms since the page opened. */
  readonly at: number;
  /** The screen, and the way through the page to the region. */
  readonly place: string;
  readonly text: string;
}

interface Recording {
  said?: Said[];
}

/** As often as figures that are read may change. */
export const MOST_IN_A_SECOND = 4;
const SECOND = 1000;

/** Every change of every live region, as the page makes it. Nothing is changed or held back. */
export class LiveLog {
  private constructor(private readonly page: Page) {}

  /** To be called before the page loads. */
  static async attach(page: Page): Promise<LiveLog> {
    await page.addInitScript(() => {
      const said: Said[] = [];
      (globalThis as Recording).said = said;
      const live = '[role="status"], [role="alert"], [role="log"], [aria-live]:not([aria-live="off"]), output';
      /** A region that is drawn anew in its old place is the same one to the ear. */
      const last = new Map<string, string>();
      const placeOf = (element: Element | null): string => {
        if (element === null || element === document.body) return location.hash.split('?')[0] ?? '';
        return `${placeOf(element.parentElement)} ${element.tagName.toLowerCase()}${String(Array.from(element.parentElement?.children ?? []).indexOf(element))}`;
      };
      const look = (region: Element): void => {
        const place = placeOf(region);
        const text = region.textContent.trim();
        if (text === (last.get(place) ?? '')) return;
        last.set(place, text);
        said.push({ at: performance.now(), place, text });
      };
      new MutationObserver((records) => {
        const changed = new Set<Element>();
        for (const { target, addedNodes } of records) {
          const around = (target instanceof Element ? target : target.parentElement)?.closest(live);
          if (around) changed.add(around);
          for (const node of addedNodes) {
            if (!(node instanceof Element)) continue;
            if (node.matches(live)) changed.add(node);
            node.querySelectorAll(live).forEach((inner) => changed.add(inner));
          }
        }
        for (const region of changed) if (region.isConnected) look(region);
      }).observe(document, { subtree: true, childList: true, characterData: true });
    });
    return new LiveLog(page);
  }

  /** What was said, first to last; regions that fell silent said ''. */
  async said(): Promise<readonly Said[]> {
    return this.page.evaluate(() => [...(globalThis as Recording).said ?? []]);
  }

  /** What is said while something goes on. */
  async during(work: () => Promise<void>): Promise<readonly Said[]> {
    const before = (await this.said()).length;
    await work();
    return (await this.said()).slice(before);
  }
}

/** The most changes of one region within a second. */
export function mostInASecond(said: readonly Said[]): number {
  return said.reduce((most, { at, place }) => Math.max(most, said.filter((other) => other.place === place && other.at >= at && other.at < at + SECOND).length), 0);
}
