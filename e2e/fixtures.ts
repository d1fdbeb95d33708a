import { test as base } from 'playwright/test';
import { StudioPage } from './pages/studio_page';

/** Every spec gets the studio, and fails where the page logged an error, threw, or broke its own content policy. */
export const test = base.extend<{ studio: StudioPage }>({
  studio: async ({ page }, use) => {
    const studio = new StudioPage(page);
    await use(studio);
    studio.expectNoComplaints();
  },
});

export { expect } from 'playwright/test';
