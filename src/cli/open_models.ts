import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { Context } from './command';
import { openModel, type OpenModel } from './open_model';
import { bad } from './options';

/** A model and what tables call it. */
export interface NamedModel {
  readonly name: string;
  readonly model: OpenModel;
}

/**
 * Opens models given as DIR or name=DIR. Without a name, a folder's own name is taken, or the path as typed where two folders
 * are called the same. Throws a Refusal 'bad-option' for a name that stands twice, and what openModel throws.
 */
export async function openModels(words: readonly string[], base: string | null, context: Pick<Context, 'say'>): Promise<NamedModel[]> {
  const given = words.map(namedPath);
  const folders = given.map(({ directory }) => basename(resolve(directory)));
  const names = given.map(({ name, directory }, i) => {
    const folder = folders[i] ?? directory;
    return name ?? (folders.filter((other) => other === folder).length > 1 ? directory : folder);
  });
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw bad('model', 'each name once', `${twice} twice`, 'name them as name=DIR');
  const models: NamedModel[] = [];
  for (const [i, { directory }] of given.entries()) {
    const name = names[i] ?? directory;
    models.push({ name, model: await openModel(directory, context, { base, name }) });
  }
  return models;
}

/** A folder that has an `=` in its own path is meant as it stands. */
function namedPath(word: string): { readonly name?: string; readonly directory: string } {
  const at = word.indexOf('=');
  if (at < 0 || existsSync(word)) return { directory: word };
  const [name, directory] = [word.slice(0, at).trim(), word.slice(at + 1)];
  if (name === '' || directory.trim() === '') throw bad('model', 'DIR or name=DIR', JSON.stringify(word));
  return { name, directory };
}
