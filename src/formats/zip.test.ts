import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { storedFiles } from '../testing/stored_zip';
import { crc32, writeZip } from './zip';

const text = new TextEncoder();
const FILES = new Map([
  ['config.json', text.encode('{}\n')], ['empty', new Uint8Array(0)], ['ä/weights.bin', Uint8Array.from({ length: 3001 }, (_, i) => (7 * i) % 256)],
]);

test('the checksum is that of zlib', () => {
  for (const bytes of FILES.values()) {
    const gzip = gzipSync(bytes);
    expect(crc32(bytes)).toBe(gzip.readUInt32LE(gzip.length - 8));
  }
  expect(crc32(text.encode('123456789'))).toBe(0xcbf43926);
});

test('every file is found from the end of the archive, whole and with its checksum', () => {
  const zip = writeZip(FILES);
  const found = storedFiles(zip);
  expect([...found].map(([name, { bytes }]) => [name, [...bytes]])).toEqual([...FILES].map(([name, bytes]) => [name, [...bytes]]));
  for (const { bytes, crc } of found.values()) expect(crc).toBe(crc32(bytes));
  expect(writeZip(FILES)).toEqual(zip);
  expect(storedFiles(writeZip(new Map())).size).toBe(0);
});

test('python reads it', ({ skip }) => {
  if (spawnSync('python3', ['--version']).status !== 0) skip('there is no python3 here');
  const folder = mkdtempSync(join(tmpdir(), 'zip-'));
  writeFileSync(join(folder, 'a.zip'), writeZip(FILES));
  const { status, stderr } = spawnSync('python3', ['-c', 'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; z.extractall(sys.argv[2])', join(folder, 'a.zip'), folder], { encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  for (const [name, bytes] of FILES) expect(new Uint8Array(readFileSync(join(folder, name)))).toEqual(bytes);
});
