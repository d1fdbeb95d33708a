import { defineConfig } from 'playwright/test';
import { findChrome, quietArgs, webgpuArgs } from '../scripts/find_chrome.mjs';
import { PORT, SUBPATH, SUBPATH_PORT } from './servers';

const executablePath = findChrome();
if (executablePath === undefined) throw new Error('Chrome or Chromium was not found: npm test installs one');

const server = (port: number, base: string) => ({
  command: `node scripts/start.mjs --no-open --no-build --strict-port --port ${port} --base ${base}`,
  cwd: new URL('..', import.meta.url).pathname,
  url: `http://127.0.0.1:${port}${base}`,
  timeout: 120_000,
  gracefulShutdown: { signal: 'SIGTERM' as const, timeout: 5_000 },
});

export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  // One software GPU serves them all: two pages at once would only halve each other's speed.
  workers: 1,
  forbidOnly: process.env.CI !== undefined,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [['list'], ['json', { outputFile: '../.cache/e2e.json' }]],
  use: {
    baseURL: `http://127.0.0.1:${PORT}/`,
    viewport: { width: 1280, height: 800 },
    actionTimeout: 30_000,
    trace: 'retain-on-failure',
    // Kept files would come between a page and what a spec answers in a server's place; e2e/offline.spec.ts lets them.
    serviceWorkers: 'block',
    launchOptions: {
      executablePath,
      args: ['--enable-unsafe-webgpu', ...webgpuArgs(), ...quietArgs()],
    },
  },
  webServer: [server(PORT, '/'), server(SUBPATH_PORT, SUBPATH)],
});
