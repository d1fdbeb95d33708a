import { test as base } from 'playwright/test';
import { EngineLog } from './engine_log';
import { LiveLog } from './live_log';
import { StudioPage } from './pages/studio_page';

/** Every spec gets the studio, and fails where the page logged an error, threw, or broke its own content policy. */
export const test = base.extend<{ engine: EngineLog; live: LiveLog; studio: StudioPage }>({
  engine: async ({ page }, use) => { await use(await EngineLog.attach(page)); },
  live: async ({ page }, use) => { await use(await LiveLog.attach(page)); },
  studio: async ({ page }, use) => {
    const studio = new StudioPage(page);
    await use(studio);
    studio.expectNoComplaints();
  },
});

export { expect } from 'playwright/test';
