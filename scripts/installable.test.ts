import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const at = (file: string): URL => new URL(`../public/${file}`, import.meta.url);

interface Icon { readonly src: string; readonly sizes: string; readonly type: string; readonly purpose?: string }

test('the web manifest is installable: name, start, display, and icons of the sizes that it states', () => {
  const { name, start_url, display, icons } = JSON.parse(readFileSync(at('manifest.webmanifest'), 'utf8')) as { name: string; start_url: string; display: string; icons: Icon[] };
  expect([name, start_url, display]).toEqual(['H3Fusion Studio', './', 'standalone']);
  const pngs = icons.filter(({ type }) => type === 'image/png');
  for (const { src, sizes } of pngs) {
    const header = readFileSync(at(src));
    expect(`${String(header.readUInt32BE(16))}x${String(header.readUInt32BE(20))}`, src).toBe(sizes);
  }
  expect(pngs.map(({ sizes, purpose = 'any' }) => `${purpose} ${sizes}`)).toEqual(expect.arrayContaining(['any 192x192', 'any 512x512', 'maskable 512x512']));
});
