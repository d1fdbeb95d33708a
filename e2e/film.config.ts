import { defineConfig } from 'playwright/test';
import config from './playwright.config';

/** Frames of the short film in the README: `npm run film` makes them and puts them together. */
export default defineConfig({ ...config, testMatch: 'film.ts', reporter: 'list' });
