import { appendFile, cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { preview, type PreviewServer } from 'vite';
import { HEADERS } from '../scripts/csp.mjs';
import { strings } from '../app/strings';
import { expect, test } from './fixtures';
import { SLOW } from './pages/studio_page';

test.use({ serviceWorkers: 'allow' });

/** The built site from a folder of its own, so that it can be changed and its server ended. */
async function serve(folder: string): Promise<PreviewServer> {
  return preview({
    configFile: false, root: folder, base: './', appType: 'mpa', logLevel: 'error', build: { outDir: '.' },
    preview: { host: '127.0.0.1', port: 0, headers: HEADERS },
  });
}

test('a second visit needs no network, and a new version waits until it is taken', async ({ studio }) => {
  test.setTimeout(300_000);
  const { page, recipe } = studio;
  const folder = await mkdtemp(join(tmpdir(), 'h3-offline-'));
  await cp(new URL('../dist', import.meta.url).pathname, folder, { recursive: true });
  const server = await serve(folder);
  const url = server.resolvedUrls?.local[0] ?? '';
  const { version } = strings.around;
  const line = page.getByText(version.ready);
  try {
    await test.step('the first visit fetches all there is', async () => {
      await studio.open(`${url}#fuse`);
      await expect(recipe.fuse).toBeEnabled({ timeout: SLOW });
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog').getByText(version.kept)).toBeVisible({ timeout: SLOW });
      await page.keyboard.press('Escape');
      await expect(line).toBeHidden();
    });

    await test.step('a new version is told of, and the button takes it', async () => {
      await appendFile(join(folder, 'service_worker.js'), '\n// another version\n');
      await page.reload();
      await expect(line).toBeVisible({ timeout: SLOW });
      await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: version.reload, exact: true }).click()]);
      await expect(recipe.fuse).toBeEnabled({ timeout: SLOW });
      await expect(line).toBeHidden();
    });

    await test.step('without a server the studio opens, and its models load', async () => {
      await server.close();
      await expect(page.request.get(url)).rejects.toThrow();
      await page.goto(`${url}#watch`);
      await page.reload();
      await expect(studio.watch.words.first()).toBeVisible();
      await studio.show('fuse');
      await expect(recipe.fuse).toBeEnabled({ timeout: SLOW });
      expect(await studio.askModel('helpful')).not.toBe('');
      // Its look for a newer version finds no server, which the browser logs.
      studio.expectComplaint(/service_worker\.js|ERR_CONNECTION_REFUSED/);
    });
  } finally {
    await server.close().catch(() => undefined);
    await rm(folder, { recursive: true, force: true });
  }
});
