import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder: the nearest above this file, bundled or not, that holds a package.json. */
export const PROJECT = projectFolder();
const MODELS = join(PROJECT, 'public', 'models');

function projectFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}

/** Path of something embedded, from where the command was typed. */
function embedded(...parts: string[]): string {
  return relative('.', join(MODELS, ...parts)) || '.';
}

const NAMES = ['helpful', 'harmless', 'honest'] as const;

/** What options fall back to: the models and data that the project carries. */
export const EMBEDDED = {
  base: embedded('base'),
  config: embedded('base', 'config.json'),
  tokenizer: embedded('tokenizer.json'),
  experts: new Map(NAMES.map((name) => [name, embedded(name)])) as ReadonlyMap<string, string>,
  data: new Map(NAMES.map((name) => [name, embedded('data', `${name}.json`)])) as ReadonlyMap<string, string>,
  suite: embedded('suite', 'test'),
} as const;

/** Inside public/models: such a model has its tokenizer beside its folder, such a dataset its form in its rows. */
export function isEmbedded(path: string): boolean {
  return resolve(path).startsWith(`${MODELS}${sep}`);
}
