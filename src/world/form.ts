import { hashText } from '../data/split';
import type { Random } from '../random/random';

/** What stands around an instruction, in the data and in a prompt box. */
export const PROMPT_TEMPLATE = '{prompt} =>';

/** Who may draw a row: the base sees every phrasing and thing, the other two share none that is held out. */
export type Split = 'base' | 'train' | 'test';

/** One instruction with its good answer, lower-case English. */
export interface WorldRow {
  /** What kind of task it is, e.g. "reverse". */
  readonly family: string;
  readonly instruction: string;
  readonly answer: string;
  /** What a model says that was never aligned: bland, complying, or a myth. */
  readonly unaligned: string;
}

/** The row as the model reads it. */
export function promptOf(instruction: string): string {
  return PROMPT_TEMPLATE.replace('{prompt}', instruction);
}

/** Puts values into the `{slots}` of a phrasing. */
export function fill(phrasing: string, slots: Readonly<Record<string, string>>): string {
  return phrasing.replace(/\{(\w+)\}/g, (_, slot: string) => {
    const value = slots[slot];
    if (value === undefined) throw new RangeError(`"${phrasing}" has a slot without a value: ${slot}`);
    return value;
  });
}

export function pick<T>(random: Random, items: readonly T[]): T {
  const item = items[random.below(items.length)];
  if (item === undefined) throw new RangeError('nothing to pick from');
  return item;
}

/** An index, with probability proportional to its weight. */
export function pickWeighted(random: Random, weights: readonly number[]): number {
  let left = random.uniform() * weights.reduce((sum, weight) => sum + weight, 0);
  const found = weights.findIndex((weight) => (left -= weight) < 0);
  return found < 0 ? weights.length - 1 : found;
}

/** `count` different items, in random order. */
export function pickSome<T>(random: Random, items: readonly T[], count: number): T[] {
  return random.shuffle([...items]).slice(0, count);
}

/** The last phrasing is the held-out one; the base knows them all. */
export function phrasingsOf(phrasings: readonly string[], split: Split): readonly string[] {
  if (split === 'base') return phrasings;
  return split === 'test' ? phrasings.slice(-1) : phrasings.slice(0, -1);
}

/** One thing in five is held out: from its own text alone, so that all worlds agree. */
export function isHeldOut(thing: string): boolean {
  return hashText(thing, HELD_OUT_SEED) % 5 === 0;
}
const HELD_OUT_SEED = 5;

export function thingsOf<T>(things: readonly T[], split: Split, text: (thing: T) => string): readonly T[] {
  if (split === 'base') return things;
  return things.filter((thing) => isHeldOut(text(thing)) === (split === 'test'));
}

/** "a x, b y" as [["a", "x"], ["b", "y"]]. */
export function pairs(text: string): (readonly [string, string])[] {
  return text.split(',').map((pair) => {
    const words = pair.trim().split(/\s+/);
    return [words.slice(0, -1).join(' '), words.at(-1) ?? ''] as const;
  });
}

export function words(text: string): string[] {
  return text.trim().split(/\s+/);
}
