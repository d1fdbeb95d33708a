// `npm run third-party`: writes docs/THIRD_PARTY.md from the lockfile's production dependencies.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FILE = new URL('../docs/THIRD_PARTY.md', import.meta.url);

/** @typedef {{ version?: string, license?: string, dev?: boolean, optional?: boolean }} Locked */

export function thirdParty() {
  const text = readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8');
  /** @type {unknown} */
  const lock = JSON.parse(text);
  const { packages } = /** @type {{ packages: Record<string, Locked> }} */ (lock);
  const rows = Object.entries(packages)
    .filter(([path, { dev }]) => path !== '' && dev !== true)
    .map(([path, { version, license, optional }]) => {
      const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
      return `| ${name} | ${version ?? ''} | ${license ?? 'not stated'} | ${optional === true ? 'on some platforms' : ''} |`;
    });
  return [
    '# Third-party packages',
    '',
    'What a production install holds, from package-lock.json by `npm run third-party`. Of these only what the page imports is',
    'bundled into the built site, whose `licenses.md` has the full texts; the rest builds, serves or runs the command line.',
    '',
    '| package | version | licence | |',
    '|---|---|---|---|',
    ...[...new Set(rows)].sort(),
    '',
  ].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(FILE, thirdParty());
