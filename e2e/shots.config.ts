import { defineConfig } from 'playwright/test';
import config from './playwright.config';

/** Pictures of the studio: `H3_SHOTS=FOLDER npx playwright test -c e2e/shots.config.ts`. They are looked at, not compared. */
export default defineConfig({ ...config, testMatch: 'shots.ts', reporter: 'list' });
