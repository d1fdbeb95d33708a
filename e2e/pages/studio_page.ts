import { expect, type Page } from 'playwright/test';

/** The page as a visitor meets it: specs speak of the studio, selectors stand here. */
export class StudioPage {
  private readonly complaints: string[] = [];

  constructor(readonly page: Page) {
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.complaints.push(error.message));
  }

  async open(url = './'): Promise<void> {
    await this.page.goto(url);
  }

  /** Errors on the console, uncaught exceptions; a breach of the content policy is logged as an error too. */
  expectNoComplaints(): void {
    expect(this.complaints, 'errors on the page').toEqual([]);
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
