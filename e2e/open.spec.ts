import { expect, test } from './fixtures';
import { SUBPATH, SUBPATH_PORT } from './servers';

test('the studio opens, and the browser has a WebGPU adapter', async ({ studio }, info) => {
  await studio.open();
  await expect(studio.page).toHaveTitle(/H3Fusion Studio/);
  await expect(studio.page.locator('#root > *').first()).toBeVisible();
  const adapter = await studio.adapter();
  info.annotations.push({ type: 'adapter', description: adapter ?? 'none' });
  expect(adapter).toBeDefined();
});

test('the studio works below a path', async ({ studio }) => {
  await studio.open(`http://127.0.0.1:${SUBPATH_PORT}${SUBPATH}`);
  await expect(studio.page.locator('#root > *').first()).toBeVisible();
});

test('the server sends the content policy with the page and with its scripts', async ({ page, request }) => {
  const response = await page.goto('./');
  expect(response?.headers()['content-security-policy']).toContain("default-src 'none'");
  const script = await page.locator('script[src]').first().getAttribute('src');
  const answer = await request.get(script ?? 'no script');
  expect(answer.headers()['content-security-policy']).toContain("require-trusted-types-for 'script'");
});

test('an address that does not exist is answered with 404', async ({ request }) => {
  expect((await request.get('./no/such/file.js')).status()).toBe(404);
});
