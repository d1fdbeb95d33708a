import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A short key that changes when a file under `roots` is added, removed, resized or written. Absent roots count as empty.
 * @param {string} base
 * @param {readonly string[]} roots relative to base
 */
export function fingerprint(base, roots) {
  const hash = createHash('sha256').update(process.version);
  /** @param {string} path */
  const visit = (path) => {
    const stat = statSync(join(base, path), { throwIfNoEntry: false });
    if (stat === undefined) return;
    if (stat.isDirectory()) for (const name of readdirSync(join(base, path)).sort()) visit(`${path}/${name}`);
    else hash.update(`${path} ${stat.size} ${stat.mtimeMs}\n`);
  };
  for (const root of roots) visit(root);
  return hash.digest('hex').slice(0, 16);
}

/**
 * A short key of what the files under `roots` say, tests aside: whatever they decide holds as long as it stays, in every checkout.
 * Absent roots count as empty.
 * @param {string} base
 * @param {readonly string[]} roots relative to base
 */
export function sourcesHash(base, roots) {
  const hash = createHash('sha256');
  /** @param {string} path */
  const visit = (path) => {
    const stat = statSync(join(base, path), { throwIfNoEntry: false });
    if (stat === undefined || path.endsWith('.test.ts')) return;
    if (stat.isDirectory()) for (const name of readdirSync(join(base, path)).sort()) visit(`${path}/${name}`);
    else hash.update(`${path} ${stat.size}\n`).update(readFileSync(join(base, path)));
  };
  for (const root of roots) visit(root);
  return hash.digest('hex').slice(0, 16);
}
