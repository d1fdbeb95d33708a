import axe, { type AxeResults } from 'axe-core';
import { expect, type Page } from 'playwright/test';

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Holds the page against the rules of WCAG 2.2, A and AA, that a machine can check. @param state named where one is broken */
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
}
