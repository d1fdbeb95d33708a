import { EXPERTS, type OwnFolder, type SourceModel } from '../../src/engine/protocol';

/** A file as it was picked or dropped. */
export interface ChosenFile {
  /** From the picked folder on, e.g. "mine/base/config.json"; its name alone where it was picked alone. */
  readonly path: string;
  readonly bytes: Blob;
}

const CONFIG = 'config.json';
const SLOTS: readonly SourceModel[] = ['base', ...EXPERTS];
const ROWS_FILE = /\.(?:json|jsonl|ndjson|csv|tsv|txt)$/i;
const MODEL_FILE = /^(?:config|generation_config|tokenizer|tokenizer_config|special_tokens_map|adapter_config|model\.safetensors\.index)\.json$/i;

/** One model's folder among files: the outermost that holds a config.json, else the outermost. `fallback` names loose files. */
export function folderOf(files: readonly ChosenFile[], fallback: string): OwnFolder {
  const folders = [...byFolder(files)].sort(([a], [b]) => depth(a) - depth(b));
  const [path, held] = folders.find(([, inside]) => inside.some(({ name }) => name === CONFIG)) ?? folders[0] ?? ['', []];
  return { name: lastPart(path) === '' ? fallback : lastPart(path), files: held };
}

/** Folders that are called base, helpful, harmless or honest, wherever they lie. */
export function foldersByName(files: readonly ChosenFile[]): Partial<Record<SourceModel, OwnFolder>> {
  const found: Partial<Record<SourceModel, OwnFolder>> = {};
  for (const [path, held] of byFolder(files)) {
    const slot = SLOTS.find((name) => name === lastPart(path).toLowerCase());
    if (slot !== undefined && found[slot] === undefined) found[slot] = { name: lastPart(path), files: held };
  }
  return found;
}

/** The one file of rows where that is all there is; what belongs to a model directory is none. */
export function rowsFileOf(files: readonly ChosenFile[]): ChosenFile | undefined {
  const [only] = files;
  return files.length === 1 && only !== undefined && ROWS_FILE.test(only.path) && !MODEL_FILE.test(lastPart(only.path)) ? only : undefined;
}

/** What an input of files holds. */
export function pickedFiles(list: FileList | null): readonly ChosenFile[] {
  return Array.from(list ?? [], (file) => ({ path: file.webkitRelativePath === '' ? file.name : file.webkitRelativePath, bytes: file }));
}

/** Files and folders that were dropped, folders walked three levels down. Call it before anything is awaited: a drop's items fade. */
export async function droppedFiles(transfer: DataTransfer): Promise<readonly ChosenFile[]> {
  const entries = Array.from(transfer.items, (item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  return (await Promise.all(entries.map((entry) => walk(entry, 3)))).flat();
}

async function walk(entry: FileSystemEntry, levels: number): Promise<ChosenFile[]> {
  const path = entry.fullPath.replace(/^\//, '');
  if (entry.isFile) {
    const bytes = await new Promise<File>((resolve, reject) => { (entry as FileSystemFileEntry).file(resolve, reject); });
    return [{ path, bytes }];
  }
  if (levels === 0) return [];
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const all: FileSystemEntry[] = [];
  // It hands out a hundred at a time.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => { reader.readEntries(resolve, reject); });
    if (some.length === 0) break;
    all.push(...some);
  }
  return (await Promise.all(all.map((inside) => walk(inside, levels - 1)))).flat();
}

function byFolder(files: readonly ChosenFile[]): Map<string, { name: string; bytes: Blob }[]> {
  const folders = new Map<string, { name: string; bytes: Blob }[]>();
  for (const { path, bytes } of files) {
    const at = path.lastIndexOf('/');
    const folder = at < 0 ? '' : path.slice(0, at);
    folders.set(folder, [...folders.get(folder) ?? [], { name: path.slice(at + 1), bytes }]);
  }
  return folders;
}

function depth(path: string): number {
  return path === '' ? 0 : path.split('/').length;
}

function lastPart(path: string): string {
  return path.split('/').at(-1) ?? '';
}
