import { readFile } from 'node:fs/promises';
import { expect, type Locator, type Page } from 'playwright/test';
import type { Screen } from '../../app/shell/screens';
import { strings } from '../../app/strings';

const { runs, branch } = strings.train;

/** The list of runs, their files and their forks. */
export class RunsPart {
  constructor(private readonly page: Page, private readonly show: (screen: Screen) => Promise<void>) {}

  row(name: string): Locator {
    return this.page.getByRole('listitem').filter({ has: this.page.getByRole('radio', { name: runs.front(name) }) });
  }

  front(name: string): Locator {
    return this.page.getByRole('radio', { name: runs.front(name) });
  }

  line(name: string): Locator {
    return this.page.getByRole('checkbox', { name: runs.overlay(name) });
  }

  /** What a strip says to the ear. */
  async summary(plain: RegExp): Promise<string> {
    return (await this.page.getByRole('img', { name: plain }).getAttribute('aria-label')) ?? '';
  }

  /** Saves a run and reads the file. */
  async save(name: string): Promise<{ readonly path: string; readonly text: string }> {
    await this.show('train');
    const [download] = await Promise.all([
      this.page.waitForEvent('download'), this.page.getByRole('button', { name: runs.saveOne(name) }).click(),
    ]);
    const path = await download.path();
    return { path, text: await readFile(path, 'utf8') };
  }

  async add(files: readonly { readonly name: string; readonly text: string }[]): Promise<void> {
    await this.show('train');
    await this.page.locator('input[type="file"][multiple]').setInputFiles(files.map(({ name, text }) => ({ name, mimeType: 'application/json', buffer: Buffer.from(text) })));
  }

  async rename(name: string, to: string): Promise<void> {
    await this.page.getByRole('button', { name: runs.renameOne(name) }).click();
    const field = this.page.getByRole('textbox', { name: runs.newName });
    await expect(field).toBeFocused();
    await field.fill(to);
    await field.press('Enter');
    await expect(this.front(to)).toBeVisible();
  }

  fork(step: number): Locator {
    return this.page.getByRole('button', { name: branch.point(String(step)), exact: true });
  }

  forkNumber(field: string): Locator {
    return this.page.getByRole('textbox', { name: branch.field(field) });
  }
}
