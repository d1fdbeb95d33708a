import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../shared/data', import.meta.url));

/** Real files beside the checkout, for tests alone. A newcomer's clone has none of them. */
export const SHARED_DATA = existsSync(ROOT) ? ROOT : undefined;

/** The suffix of a skipped test's name: why it did not run. */
export const WHY_SKIPPED = SHARED_DATA === undefined ? ' (skipped: there is no ../shared/data)' : '';

export function sharedFile(path: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(`${ROOT}/${path}`));
}
