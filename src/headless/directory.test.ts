import { mkdtempSync, rmSync, symlinkSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { directorySource, readBytes, writeDirectory } from './directory';

let root = '';
beforeEach(() => { root = mkdtempSync(join(tmpdir(), 'h3-directory-')); });
afterEach(() => { rmSync(root, { recursive: true }); });

test('files that are written are listed and read back, into a directory that did not exist', async () => {
  const directory = join(root, 'new', 'model');
  await writeDirectory(directory, new Map([['b.txt', Uint8Array.of(1, 2, 3)], ['a.txt', new Uint8Array()]]));
  const source = directorySource(directory);
  expect(await source.list()).toEqual(['a.txt', 'b.txt']);
  expect(await source.size('b.txt')).toBe(3);
  expect(await source.read('b.txt')).toEqual(Uint8Array.of(1, 2, 3));
});

test('links are followed, folders and dangling links left out', async () => {
  writeFileSync(join(root, 'file'), 'x');
  mkdirSync(join(root, 'folder'));
  symlinkSync('file', join(root, 'link'));
  symlinkSync('nowhere', join(root, 'dangling'));
  expect(await directorySource(root).list()).toEqual(['file', 'link']);
});

test('what is missing, a folder or outside the directory is refused with its path', async () => {
  const gone = join(root, 'gone');
  await expect(directorySource(gone).list()).rejects.toThrow(`${gone}: expected a directory, got none; check the path.`);
  await expect(directorySource(root).read('x')).rejects.toThrow(expect.objectContaining({ code: 'missing-file' }));
  await expect(directorySource(root).read('../x')).rejects.toThrow('files lie directly in the directory');
  await expect(readBytes(gone)).rejects.toThrow(`${gone}: expected a readable file, got none`);
  await expect(readBytes(root)).rejects.toThrow('got a directory');
});

test('a file in the place of the directory is refused and stays as it is', async () => {
  const path = join(root, 'file');
  writeFileSync(path, 'x');
  await expect(writeDirectory(path, new Map())).rejects.toThrow(`${path}: expected a directory to write into, got a file`);
  await expect(directorySource(path).list()).rejects.toThrow('expected a directory, got a file');
  expect(await readBytes(path)).toEqual(Uint8Array.of(0x78));
});
