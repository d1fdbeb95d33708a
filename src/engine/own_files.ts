import { Refusal } from '../errors/refusal';
import { filePath, missingFile, type FileSource } from '../formats/file_source';
import type { OwnFile, OwnFolder } from './protocol';

/** @throws Refusal 'missing-file' where the browser cannot read it any more: it was moved, changed or is not to be read. */
export async function readOwn({ name, bytes }: OwnFile, folder = ''): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await bytes.arrayBuffer());
  } catch (error) {
    const got = error instanceof Error ? error.message : String(error);
    throw new Refusal('missing-file', { file: filePath(folder, name), expected: 'a file that can be read', got, fix: 'choose it again' });
  }
}

/** A chosen folder as the readers of models take it. */
export function ownSource({ name, files }: OwnFolder): FileSource {
  const find = (file: string): OwnFile => {
    const found = files.find((one) => one.name === file);
    if (found === undefined) throw missingFile(name, file, 'choose the folder that holds it');
    return found;
  };
  return {
    name,
    list: () => Promise.resolve(files.map((file) => file.name)),
    size: (file) => Promise.resolve().then(() => find(file).bytes.size),
    read: async (file) => readOwn(find(file), name),
  };
}
