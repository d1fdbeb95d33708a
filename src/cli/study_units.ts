import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Units } from '../study/study';

/**
 * Finished units of studies as files, one a unit: NAME-HASH.json in the folder, where the hash is of all that decides it.
 * `fresh` takes nothing that lies there, and replaces it.
 */
export function fileUnits(folder: string, fresh: boolean): Units {
  // A name holds what experts are called; the hash alone tells units apart.
  const fileOf = (name: string, key: string): string => join(folder, `${name.replaceAll(/[^\w-]+/g, '_').slice(0, 60)}-${createHash('sha256').update(key).digest('hex').slice(0, 20)}.json`);
  return {
    read: (name, key) => {
      const file = fileOf(name, key);
      return Promise.resolve(!fresh && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) as unknown : undefined);
    },
    write: (name, key, value) => {
      mkdirSync(folder, { recursive: true });
      const file = fileOf(name, key);
      // Moved into its place: an interruption leaves no half of it.
      writeFileSync(`${file}.tmp`, `${JSON.stringify(value)}\n`);
      renameSync(`${file}.tmp`, file);
      return Promise.resolve();
    },
  };
}
