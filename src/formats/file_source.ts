import { Refusal } from '../errors/refusal';

/** A set of named files: a directory, a picked folder, a store in the browser, a test's map. */
export interface FileSource {
  /** How a person calls it; stands before file names in refusals. */
  readonly name: string;
  /** Names of all files, without folders. */
  list(): Promise<string[]>;
  /** Bytes. Rejects with a Refusal 'missing-file' where there is no such file; `read` too. */
  size(name: string): Promise<number>;
  read(name: string): Promise<Uint8Array<ArrayBuffer>>;
}

/** Files that are already in memory. */
export function memorySource(name: string, files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>): FileSource {
  const get = (file: string): Uint8Array<ArrayBuffer> => {
    const bytes = files.get(file);
    if (bytes === undefined) throw missingFile(name, file);
    return bytes;
  };
  return {
    name,
    list: () => Promise.resolve([...files.keys()]),
    size: (file) => Promise.resolve().then(() => get(file).length),
    read: (file) => Promise.resolve().then(() => get(file)),
  };
}

export function missingFile(source: string, file: string, fix = 'check the path, or download the model again'): Refusal {
  return new Refusal('missing-file', { file: filePath(source, file), expected: 'the file', got: 'none', fix });
}

/** "SOURCE/FILE", as refusals name a file. */
export function filePath(source: string, file: string): string {
  return source === '' ? file : `${source.replace(/\/$/, '')}/${file}`;
}

/** Reads a file after its size was checked: a metadata file of gigabytes is refused unread. */
export async function readSmall(source: FileSource, file: string, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const size = await source.size(file);
  if (size > maxBytes) {
    throw new Refusal('bad-header', {
      file: filePath(source.name, file), expected: `at most ${String(maxBytes)} bytes`, got: String(size),
    });
  }
  return source.read(file);
}
