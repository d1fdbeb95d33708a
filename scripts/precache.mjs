import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

export const SERVICE_WORKER = 'service_worker';

/** Where the service worker's source has its list of files; Workbox's own name for it. */
const PLACE = 'self.__WB_MANIFEST';
/** What a page never asks for. */
const LEFT_OUT = /\.(md|map)$/;
/** A name with a hash of the content says by itself when the file changes. */
const HASHED = 'assets/';

/**
 * Writes the list of all files of the site into its service worker: a name and, unless the name has a hash, one of the content.
 * @returns {import('vite').Plugin}
 */
export function precache() {
  let publicDir = '';
  return {
    name: 'precache',
    apply: 'build',
    enforce: 'post',
    configResolved(config) { ({ publicDir } = config); },
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const worker = bundle[`${SERVICE_WORKER}.js`];
        if (worker?.type !== 'chunk') throw new Error(`the build made no ${SERVICE_WORKER}.js`);
        /** @type {[string, string | Uint8Array][]} */
        const built = Object.values(bundle).filter((output) => output !== worker).map((output) => [output.fileName, output.type === 'chunk' ? output.code : output.source]);
        /** @type {[string, Uint8Array][]} */
        const copied = filesIn(publicDir).map((file) => [relative(publicDir, file).split(sep).join('/'), readFileSync(file)]);
        const entries = [...built, ...copied].filter(([url]) => !LEFT_OUT.test(url)).map(([url, content]) => ({ url, revision: url.startsWith(HASHED) ? null : revisionOf(content) }));
        if (!worker.code.includes(PLACE)) throw new Error(`${SERVICE_WORKER}.js has no place for the list of files`);
        worker.code = worker.code.replace(PLACE, () => JSON.stringify(entries));
      },
    },
  };
}

/** @param {string | Uint8Array} content */
function revisionOf(content) {
  return createHash('sha256').update(content).digest('hex').slice(0, 16);
}

/** @param {string} folder @returns {string[]} */
function filesIn(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesIn(path) : [path];
  });
}
