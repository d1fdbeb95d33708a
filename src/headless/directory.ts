import { mkdir, open, readdir, rename, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Refusal } from '../errors/refusal';
import { missingFile, type FileSource } from '../formats/file_source';

/** Node reads at most 2 GiB − 1 in one call. */
const CHUNK_BYTES = 2 ** 30;

/** The files of a directory; links are followed, folders in it are left out. */
export function directorySource(directory: string): FileSource {
  return {
    name: directory,
    list: async () => {
      const names = await attempt(() => readdir(directory), directory, 'a directory', 'check the path');
      const kinds = await Promise.all(names.map((name) => stat(join(directory, name)).then((found) => found.isFile(), () => false)));
      return names.filter((_, i) => kinds[i]).sort();
    },
    size: async (name) => (await fileStat(directory, name)).size,
    read: async (name) => {
      await fileStat(directory, name);
      return readBytes(join(directory, name));
    },
  };
}

/** One file, a dataset say. Throws a Refusal 'missing-file' where it is absent, a directory or not readable. */
export async function readBytes(path: string): Promise<Uint8Array<ArrayBuffer>> {
  return attempt(async () => {
    const handle = await open(path, 'r');
    try {
      const bytes = new Uint8Array((await handle.stat()).size);
      let at = 0;
      while (at < bytes.length) {
        const { bytesRead } = await handle.read(bytes, at, Math.min(CHUNK_BYTES, bytes.length - at), at);
        if (bytesRead === 0) throw new Error(`the file ended after ${String(at)} bytes`);
        at += bytesRead;
      }
      return bytes;
    } finally {
      await handle.close();
    }
  }, path, 'a readable file', 'check the path');
}

/**
 * Writes files into a directory, which is made where it is missing. Each is written beside its place and then moved, so that
 * an interrupted run leaves the old file or the new one, never half of one.
 */
export async function writeDirectory(directory: string, files: ReadonlyMap<string, Uint8Array>): Promise<void> {
  await attempt(() => mkdir(directory, { recursive: true }), directory, 'a directory to write into', 'choose another --out');
  for (const [name, bytes] of files) {
    const path = join(directory, basename(name));
    await attempt(async () => {
      await writeFile(`${path}.tmp`, bytes);
      await rename(`${path}.tmp`, path);
    }, path, 'to write the file', 'check the free space and the rights of the directory');
  }
}

async function fileStat(directory: string, name: string): Promise<{ size: number }> {
  if (name !== basename(name)) throw missingFile(directory, name, 'files lie directly in the directory');
  const path = join(directory, name);
  const found = await attempt(() => stat(path), path, 'the file', 'check the path, or download the model again');
  if (!found.isFile()) throw missingFile(directory, name);
  return found;
}

const SYSTEM_WORDS: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'none'], ['EACCES', 'no permission'], ['EPERM', 'no permission'], ['EISDIR', 'a directory'], ['ENOTDIR', 'a file'],
  ['EEXIST', 'a file'], ['ENOSPC', 'a full disk'], ['EROFS', 'a read-only disk'],
]);

/** Turns what the file system throws into a Refusal. */
async function attempt<T>(work: () => Promise<T>, file: string, expected: string, fix: string): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Error) || error instanceof Refusal) throw error;
    const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
    throw new Refusal('missing-file', { file, expected, got: SYSTEM_WORDS.get(code) ?? error.message, fix });
  }
}
