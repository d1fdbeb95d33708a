import { expect, type Locator, type Page } from 'playwright/test';
import type { Screen } from '../../app/shell/screens';
import { strings } from '../../app/strings';
import type { StepMetrics } from '../../src/train/metrics';
import type { EngineLog } from '../engine_log';
import type { BaselineId, SourceModel } from '../../src/engine/protocol';
import { AskPart } from './ask_part';
import { EvaluatePart } from './evaluate_part';
import { InspectPart } from './inspect_part';
import { RecipePart } from './recipe_part';
import { RunsPart } from './runs_part';
import { TrainPart } from './train_part';
import { SLOW } from './waits';
import { WatchPart } from './watch_part';

export { SLOW } from './waits';

/** More than the page has. */
const MOST_STOPS = 120;

/** The page as a visitor meets it: specs speak of the studio, selectors stand here. */
export class StudioPage {
  readonly recipe: RecipePart;
  readonly train: TrainPart;
  readonly runs: RunsPart;
  readonly ask: AskPart;
  readonly inspect: InspectPart;
  readonly watch: WatchPart;
  readonly evaluate: EvaluatePart;
  readonly tag: Locator;
  private readonly complaints: string[] = [];
  private readonly expected: RegExp[] = [];

  constructor(readonly page: Page) {
    const show = (screen: Screen): Promise<void> => this.show(screen);
    this.recipe = new RecipePart(page, show);
    this.train = new TrainPart(page, show);
    this.runs = new RunsPart(page, show);
    this.ask = new AskPart(page, show);
    this.inspect = new InspectPart(page, show);
    this.watch = new WatchPart(page, show);
    this.evaluate = new EvaluatePart(page, show);
    // The second one says what became of a link.
    this.tag = page.getByRole('banner').getByRole('status').first();
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.complaints.push(error.message));
  }

  async open(url = './'): Promise<void> {
    await this.page.goto(url);
  }

  /** Opens where models are fused, and waits until models and GPU are there. */
  async openReady(): Promise<void> {
    await this.open('./#fuse');
    await expect(this.recipe.fuse).toBeEnabled({ timeout: SLOW });
  }

  /** Goes to a screen by its link, unless it is there. */
  async show(screen: Screen): Promise<void> {
    const link = this.page.getByRole('link', { name: strings.header.screens[screen], exact: true });
    if ((await link.getAttribute('aria-current')) === null) await link.click();
    await expect(link).toHaveAttribute('aria-current', 'page');
  }

  /** The button that fuses is there again: a run has stood, and none is under way. */
  async expectCanFuse(): Promise<void> {
    await this.show('fuse');
    await expect(this.page.getByRole('button', { name: strings.recipe.again, exact: true })).toBeEnabled({ timeout: SLOW });
  }

  /** Presses Fuse and waits until this run is over: the engine says so, since the tag may still be that of the run before. @returns its steps */
  async fuse(engine: EngineLog): Promise<StepMetrics[]> {
    const before = await engine.ended();
    await this.show('fuse');
    await this.recipe.fuse.click();
    await expect.poll(() => engine.ended(), { timeout: SLOW }).toBe(before + 1);
    await this.expectLive();
    await this.expectCanFuse();
    return engine.steps();
  }

  /** The tag that says that the numbers on screen are of a real run. */
  async expectLive(): Promise<void> {
    await expect(this.tag).toHaveText(/^Live/, { timeout: SLOW });
  }

  /** Panel of one model, or of the baseline under the four. */
  model(model: SourceModel | BaselineId): Locator {
    return this.page.getByRole('main').getByRole('article', { name: strings.models[model], exact: true });
  }

  /** The select beside what asks the four models. */
  get baseline(): Locator {
    return this.page.getByRole('main').getByLabel(strings.compare.choose);
  }

  /** Asks one of the four and waits for the end of its answer. */
  async askModel(model: SourceModel): Promise<string> {
    await this.show('fuse');
    await this.model(model).getByRole('button', { name: strings.fuse.askOne(strings.models[model]) }).click();
    return this.answered(this.model(model));
  }

  /** What a panel says once its model has ended. */
  async answered(panel: Locator): Promise<string> {
    await expect(panel.getByRole('button', { name: strings.fuse.askAgain })).toBeVisible({ timeout: SLOW });
    return (await panel.locator('[aria-busy]').innerText()).trim();
  }

  control(name: 'pause' | 'resume' | 'single' | 'stop'): Locator {
    return this.page.getByRole('banner').getByRole('button', { name: strings.header[name], exact: true });
  }

  /** Presses Pause and waits until the last step is through. @returns steps done */
  async pause(): Promise<number> {
    await this.control('pause').click();
    return this.pausedAt();
  }

  /** What the tag says, which does not lag behind as the header's count may. */
  async pausedAt(): Promise<number> {
    const sentence = strings.header.tags.paused('');
    await expect(this.tag).toContainText(sentence, { timeout: SLOW });
    return Number((await this.tag.innerText()).replace(sentence, '').replaceAll(',', ''));
  }

  /** Steps done, as the header writes them. */
  async step(): Promise<number> {
    const text = await this.page.getByRole('banner').getByText(/^step [\d,]+ of/).innerText();
    return Number(/\d+/.exec(text.replaceAll(',', ''))?.[0]);
  }

  async expectStep(least: number): Promise<void> {
    await expect.poll(async () => this.step(), { timeout: SLOW }).toBeGreaterThanOrEqual(least);
  }

  /** The switch goes round: as the system, light, dark. */
  async theme(theme: 'light' | 'dark'): Promise<void> {
    const { theme: names } = strings.header;
    for (let turn = 0; turn < 2; turn++) {
      if (await this.page.getByRole('button', { name: names[theme], exact: true }).isVisible()) break;
      await this.page.getByRole('button', { name: /^Theme:/ }).click();
    }
    await expect(this.page.getByRole('button', { name: names[theme], exact: true })).toBeVisible();
    await expect(this.page.locator('html')).toHaveCSS('color-scheme', theme);
  }

  /** Presses Tab until the element has the focus. */
  async tabTo(target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    const focused = async (): Promise<boolean> => target.evaluate((element) => element === document.activeElement);
    for (let presses = 0; presses < MOST_STOPS && !(await focused()); presses++) await this.page.keyboard.press(key);
    await expect(target).toBeFocused();
  }

  /** The page fits a window of this width; the window is put back. */
  async expectNoSideScroll(width: number): Promise<void> {
    const before = this.page.viewportSize();
    await this.page.setViewportSize({ width, height: 640 });
    await expect.poll(() => this.page.evaluate(() => document.documentElement.clientWidth)).toBe(width);
    // Figures are drawn anew a moment after the window changed.
    await expect.poll(() => this.page.evaluate(() => document.documentElement.scrollWidth), 'px of the page').toBeLessThanOrEqual(width);
    if (before !== null) await this.page.setViewportSize(before);
  }

  /** Figures are drawn at most twice a second, sentences change more slowly still. */
  async settle(): Promise<void> {
    await this.page.evaluate(() => document.fonts.ready);
    await this.page.waitForTimeout(1500);
  }

  notice(): Locator {
    return this.page.getByRole('alert');
  }

  /** An error that the test itself causes, e.g. a file that is not there. */
  expectComplaint(text: RegExp): void {
    this.expected.push(text);
  }

  /** Errors on the console, uncaught exceptions; a breach of the content policy is logged as an error too. */
  expectNoComplaints(): void {
    expect(this.complaints.filter((text) => !this.expected.some((known) => known.test(text))), 'errors on the page').toEqual([]);
  }

  /** What the browser calls its WebGPU adapter; undefined where there is none. */
  async adapter(): Promise<string | undefined> {
    return this.page.evaluate(async () => {
      const found = await navigator.gpu.requestAdapter();
      if (found === null) return undefined;
      const { vendor, architecture, device, description } = found.info;
      return [vendor, architecture, device, description].filter((part) => part !== '').join(' ');
    });
  }
}
