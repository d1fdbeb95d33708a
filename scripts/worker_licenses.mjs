import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const PACKAGE = /^.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/;

/**
 * A worker is a bundle of its own, which Vite's `build.license` leaves out: writes the licences of its packages beside it.
 * @returns {import('vite').Plugin}
 */
export function workerLicenses() {
  return {
    name: 'worker-licenses',
    generateBundle(_, bundle) {
      const modules = Object.values(bundle).flatMap((output) => (output.type === 'chunk' ? output.moduleIds : []));
      const folders = new Set(modules.flatMap((id) => PACKAGE.exec(id.split('\\').join('/'))?.[0] ?? []));
      const source = `# Licenses of packages in the worker\n\n${[...folders].sort().map(section).join('\n')}`;
      if (folders.size > 0) this.emitFile({ type: 'asset', fileName: 'licenses-worker.md', source });
    },
  };
}

/** @param {string} folder */
function section(folder) {
  /** @type {unknown} */
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const { name, version, license } = /** @type {{ name: string, version: string, license?: string }} */ (manifest);
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file === undefined ? '' : readFileSync(join(folder, file), 'utf8').trim();
  return `## ${name} - ${version} (${license ?? 'not stated'})\n\n${text}\n`;
}
