import { expect, type Locator, type Page } from 'playwright/test';
import { strings } from '../../app/strings';
import type { InspectMode } from '../../app/store/inspect';
import type { Hold, LessonPart, LessonScreen } from '../../app/store/lesson';

const { lesson: texts } = strings.around;

/** What makes a lesson's link, and a lesson itself. */
export class LessonPages {
  readonly dialog: Locator;
  readonly line: Locator;
  readonly link: Locator;

  constructor(private readonly page: Page) {
    this.dialog = page.getByRole('dialog', { name: texts.make });
    this.line = page.getByText(texts.line);
    this.link = this.dialog.getByRole('textbox', { name: texts.link });
  }

  async make(): Promise<void> {
    await this.page.getByRole('button', { name: texts.make }).click();
    await expect(this.dialog).toBeVisible();
  }

  async hold(part: LessonPart, hold: Hold): Promise<void> {
    await this.dialog.getByRole('group', { name: texts.parts[part], exact: true }).getByRole('radio', { name: texts.holds[hold] }).check();
  }

  async leaveOut(screen: LessonScreen): Promise<void> {
    await this.dialog.getByRole('checkbox', { name: strings.header.screens[screen] }).check();
  }

  /** The recipe by the name that the dialog has for it; '' leaves it as it is set. */
  async recipe(name: string): Promise<void> {
    await this.dialog.getByLabel(texts.preset, { exact: true }).selectOption(name);
  }

  async begins(mode: InspectMode): Promise<void> {
    await this.dialog.getByLabel(texts.mode).selectOption(mode);
  }

  /** The group of a locked part says why to a screen reader. */
  locked(part: LessonPart): Locator {
    return this.page.getByRole('group', { name: texts.parts[part], exact: true });
  }

  async leave(): Promise<void> {
    await this.page.getByRole('button', { name: texts.leave }).click();
    await expect(this.line).toBeHidden();
  }
}
