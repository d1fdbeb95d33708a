import axe, { type AxeResults } from 'axe-core';
import { expect, type Page } from 'playwright/test';

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Holds the page against the rules of WCAG 2.2, A and AA, that a machine can check, and its canvases against ours. @param state named where one is broken */
export async function expectAccessible(page: Page, state: string): Promise<void> {
  // Further down the sticky header covers whatever happens to lie under it, and a target there would be too small.
  await page.evaluate(() => { scrollTo({ top: 0, behavior: 'instant' }); });
  await page.evaluate(axe.source);
  const { violations, passes } = await page.evaluate(async (tags): Promise<AxeResults> => {
    const { axe: here } = globalThis as unknown as { axe: typeof axe };
    return here.run(document, { runOnly: tags, rules: { 'target-size': { enabled: true } } });
  }, WCAG);
  const found = violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} (${node.failureSummary ?? ''})`));
  expect(found, `WCAG 2.2 AA, ${state}`).toEqual([]);
  expect(passes.length).toBeGreaterThan(10);
  expect(await bareCanvases(page), `canvases that say nothing, ${state}`).toEqual([]);
}

/** Canvases that are not hidden from the tree, or have no grid over them that has a name and takes the keyboard. */
async function bareCanvases(page: Page): Promise<string[]> {
  return page.locator('canvas').evaluateAll((canvases) => canvases.flatMap((canvas) => {
    const grid = canvas.parentElement?.querySelector<HTMLElement>(':scope > [role="grid"]');
    const spoken = grid !== null && grid !== undefined && (grid.getAttribute('aria-label') ?? '') !== '' && grid.tabIndex === 0
      && grid.closest('[aria-hidden="true"]') === null && grid.querySelector('[role="gridcell"][aria-label]') !== null;
    return canvas.closest('[aria-hidden="true"]') !== null && spoken ? [] : [canvas.parentElement?.outerHTML.slice(0, 300) ?? ''];
  }));
}
