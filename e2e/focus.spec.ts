import type { Page } from 'playwright/test';
import { SCREENS } from '../app/shell/screens';
import { strings } from '../app/strings';
import { expect, test } from './fixtures';
import { LessonPages } from './pages/lesson_part';

const { around, header, help, inspect, tokens } = strings;
/** The keyboard's way through the header, on every screen. */
const HEAD = [
  strings.name, ...SCREENS.map((screen) => header.screens[screen]), header.share, around.lesson.make, header.theme.system, header.help,
];
/** More than a page has. */
const MOST_STOPS = 120;

/** Where the Tab key stops. */
interface Stop {
  readonly name: string;
  readonly part: 'skip' | 'head' | 'line' | 'main' | 'foot' | 'dialog';
  /** In the page, px; absent where it sticks to the window. */
  readonly box: { readonly top: number; readonly bottom: number; readonly left: number; readonly right: number } | undefined;
  /** Something of it can be seen, under no part of the page that sticks (WCAG 2.4.11). */
  readonly seen: boolean;
}

async function stopNow(page: Page): Promise<Stop | undefined> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement) || element === document.body) return undefined;
    // A button that is drawn by its label is as large as that.
    const label = element instanceof HTMLInputElement ? element.labels?.[0] : undefined;
    const small = element.getBoundingClientRect();
    const drawn = small.width < 4 || small.height < 4 ? label ?? element : element;
    const { top, bottom, left, right } = drawn.getBoundingClientRect();
    let sticks = false;
    for (let at: HTMLElement | null = element; at !== null; at = at.parentElement) sticks ||= ['sticky', 'fixed'].includes(getComputedStyle(at).position);
    const main = document.querySelector('main');
    const after = main !== null && (main.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
    const shares = [0.1, 0.5, 0.9];
    const seen = shares.some((x) => shares.some((y) => {
      const hit = document.elementFromPoint(left + x * (right - left), top + y * (bottom - top));
      return hit !== null && (element.contains(hit) || (label?.contains(hit) ?? false) || drawn.contains(hit));
    }));
    const part = element.closest('dialog') !== null ? 'dialog' : element.closest('header') !== null ? 'head' : main?.contains(element) === true ? 'main' : after ? 'foot'
      : element.closest('p') !== null ? 'line' : 'skip';
    return {
      name: (element.getAttribute('aria-label') ?? label?.textContent ?? element.textContent).trim(), part, seen,
      box: sticks ? undefined : { top: top + scrollY, bottom: bottom + scrollY, left, right },
    };
  });
}

/** One way of the Tab key from the first stop of the page to its last. */
async function wayThrough(page: Page): Promise<Stop[]> {
  const next = async (): Promise<Stop | undefined> => {
    await page.keyboard.press('Tab');
    return stopNow(page);
  };
  // From where the screen put the focus to the end; what follows is the start.
  for (let presses = 0; presses < MOST_STOPS && (await next()) !== undefined;) presses++;
  const way: Stop[] = [];
  for (let stop = await next(); stop !== undefined && way.length < MOST_STOPS; stop = await next()) way.push(stop);
  return way;
}

/** Stops that stand above the one before them, in the same column. */
function upward(way: readonly Stop[]): string[] {
  return way.flatMap(({ name, box }, i) => {
    const before = way[i - 1];
    if (box === undefined || before?.box === undefined) return [];
    const above = box.bottom <= before.box.top && box.left < before.box.right && before.box.left < box.right;
    return above ? [`${name} after ${before.name}`] : [];
  });
}

test('the Tab key goes from the skip link through the header into the screen and down, and stops at nothing that cannot be seen', async ({ studio }) => {
  const { page } = studio;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await studio.openReady();
  for (const screen of SCREENS) {
    await studio.show(screen);
    await expect(page.locator('main h1')).toBeFocused();
    const way = await wayThrough(page);
    const order = ['skip', 'head', 'line', 'main', 'foot'];
    const parts = way.map(({ part }) => order.indexOf(part));
    expect(parts, `${screen}: ${way.map(({ name, part }) => `${part} ${name}`).join(', ')}`).toEqual(parts.toSorted((a, b) => a - b));
    expect(way.filter(({ part }) => part === 'skip').map(({ name }) => name)).toEqual([header.skip]);
    expect(way.filter(({ part }) => part === 'head').map(({ name }) => name)).toEqual(HEAD);
    const inside = way.filter(({ part }) => part === 'main');
    expect(inside.length, screen).toBeGreaterThan(0);
    expect(upward(inside), `${screen}, order on the page`).toEqual([]);
    expect(way.filter(({ seen }) => !seen).map(({ name }) => name), `${screen}, focus that is covered`).toEqual([]);
  }
});

test('the skip link leads past the header, and canvases have a grid that takes the keyboard', async ({ studio }) => {
  const { page } = studio;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await studio.openReady();
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: header.skip });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page.locator('main h1')).toBeFocused();
  await page.keyboard.press('Tab');
  expect((await stopNow(page))?.part).toBe('main');
  await expect(page).toHaveURL(/#fuse$/);

  for (const [screen, name] of [['train', inspect.grid], ['inspect', tokens.grid]] as const) {
    await studio.show(screen);
    await expect(page.getByRole('grid', { name, exact: true })).toBeVisible();
    await expect(page.locator('canvas')).toHaveCount(1);
    await expect(page.locator('canvas')).toHaveAttribute('aria-hidden', 'true');
    await studio.tabTo(page.getByRole('grid', { name, exact: true }));
  }
});

test('a dialog keeps the keyboard, and gives it back to the button that opened it', async ({ studio }) => {
  const { page } = studio;
  const lesson = new LessonPages(page);
  await studio.openReady();
  for (const [opener, dialog] of [
    [header.help, page.getByRole('dialog', { name: help.title })], [around.lesson.make, lesson.dialog],
  ] as const) {
    const button = page.getByRole('button', { name: opener, exact: true });
    for (const close of ['Escape', 'button'] as const) {
      await button.focus();
      await page.keyboard.press('Enter');
      await expect(dialog).toBeVisible();
      if (close === 'Escape') {
        const way = await wayThrough(page);
        expect(way.length, opener).toBeGreaterThan(2);
        expect(way.filter(({ part }) => part !== 'dialog').map(({ name }) => name), `${opener}, outside of it`).toEqual([]);
        await page.keyboard.press('Escape');
      } else {
        await dialog.getByRole('button', { name: help.close, exact: true }).focus();
        await page.keyboard.press('Enter');
      }
      await expect(dialog).toBeHidden();
      await expect(button, `${opener}, closed by ${close}`).toBeFocused();
    }
  }
});
