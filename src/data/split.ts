import type { Row } from './rows';

export type Split = 'train' | 'validation' | 'all';

/** Which rows are held out follows from this alone, in every command and in the studio; never from the seed of a run. */
export const SPLIT_SEED = 1;

/** One row in ten is held out. */
const VALIDATION_SHARE = 0.1;

/**
 * The rows of one side of the split. A row's side follows from a seeded hash of its text alone: not from its place, its
 * neighbours or the machine, so that equal rows never stand on both sides and every command agrees on what was held out.
 */
export function selectSplit<R extends Pick<Row, 'prompt' | 'response'>>(rows: readonly R[], split: Split, seed: number): R[] {
  if (split === 'all') return [...rows];
  return rows.filter((row) => isValidation(row, seed) === (split === 'validation'));
}

export function isValidation(row: Pick<Row, 'prompt' | 'response'>, seed: number): boolean {
  return hashText(`${row.prompt}\u0000${row.response}`, seed) < VALIDATION_SHARE * 2 ** 32;
}

/** 32-bit hash of a text's UTF-16 units: FNV-1a from a seeded start, finished with murmur3's mixer. */
export function hashText(text: string, seed: number): number {
  let hash = mix(0x811c9dc5 ^ seed);
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    hash = Math.imul(hash ^ (unit & 0xff), 0x01000193);
    hash = Math.imul(hash ^ (unit >> 8), 0x01000193);
  }
  return mix(hash);
}

function mix(value: number): number {
  let h = value >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
