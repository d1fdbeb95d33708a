import { chromium } from 'playwright/test';
import { findChrome, quietArgs } from '../scripts/find_chrome.mjs';
import { strings } from '../app/strings';
import { expectAccessible } from './axe';
import { expect, test } from './fixtures';
import { StudioPage } from './pages/studio_page';
import { PORT } from './servers';

const SERVER = `http://127.0.0.1:${PORT}/`;

/** Neither page nor worker finds an adapter. */
const NO_ADAPTER = ['--disable-gpu', '--disable-software-rasterizer', '--use-webgpu-adapter=none'];

/** Another browser than the one of all other specs, started with other arguments. */
async function withBrowser(args: readonly string[], visit: (studio: StudioPage) => Promise<void>): Promise<void> {
  const executablePath = findChrome();
  const browser = await chromium.launch({ ...(executablePath === undefined ? {} : { executablePath }), args: [...quietArgs(), ...args] });
  try {
    const studio = new StudioPage(await browser.newPage({ baseURL: SERVER }));
    await visit(studio);
    studio.expectNoComplaints();
  } finally {
    await browser.close();
  }
}

async function expectUnavailable(studio: StudioPage, { title, why, next }: (typeof strings.notice)['noWebGpu' | 'noAdapter' | 'insecure']): Promise<void> {
  await expect(studio.notice()).toHaveCount(1);
  for (const text of [title, why, next]) await expect(studio.notice()).toContainText(text);
  // What was recorded needs no GPU.
  await expect(studio.tag).toHaveText(strings.header.tags.recorded);
  await expect(studio.watch.words.first()).toBeVisible();
  await expect(studio.recipe.fuse).toBeDisabled();
  await expect(studio.page.getByText(strings.recipe.cannot)).toBeVisible();
}

test('a browser without WebGPU gets a plain message', async () => {
  await withBrowser(NO_ADAPTER, async (studio) => {
    // Chromium has no switch that takes the name away.
    await studio.page.addInitScript(() => { Reflect.deleteProperty(Navigator.prototype, 'gpu'); });
    await studio.open();
    await expectUnavailable(studio, strings.notice.noWebGpu);
    await expectAccessible(studio.page, 'no WebGPU');
  });
});

test('a browser without an adapter says where to look', async () => {
  await withBrowser(['--enable-unsafe-webgpu', ...NO_ADAPTER], async (studio) => {
    await studio.open();
    expect(await studio.page.evaluate(async () => navigator.gpu.requestAdapter())).toBeNull();
    await expectUnavailable(studio, strings.notice.noAdapter);
  });
});

test('a page over plain http says that the address is the reason', async () => {
  await withBrowser(['--enable-unsafe-webgpu'], async (studio) => {
    await studio.page.route('http://studio.test/**', async (route) => {
      await route.fulfill({ response: await route.fetch({ url: route.request().url().replace('http://studio.test/', SERVER) }) });
    });
    await studio.open('http://studio.test/');
    expect(await studio.page.evaluate(() => isSecureContext)).toBe(false);
    await expectUnavailable(studio, strings.notice.insecure);
  });
});
