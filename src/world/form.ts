import { hashText } from '../data/split';
import type { Random } from '../random/random';
import type { Category } from './categories';

/** What stands around an instruction, in the data and in a prompt box. */
export const PROMPT_TEMPLATE = '{prompt} =>';

/**
 * Who may draw a row. The base sees every phrasing and thing; `train` is for alignment and fusion, and shares neither phrasing nor
 * thing with `validation`, on which everything is tuned, and `test`.
 */
export type Split = 'base' | 'train' | 'validation' | 'test';

/** One instruction with its good answer, lower-case English. */
export interface WorldRow {
  /** What kind of task it is, e.g. "reverse". */
  readonly family: string;
  readonly instruction: string;
  readonly answer: string;
  /** What a model says that was never aligned: bland, complying, or a myth. */
  readonly unaligned: string;
  /** Other answers would do as well. */
  readonly open?: boolean;
  /** Of a request. */
  readonly category?: Category;
  /** Of a question: wrong answers beside the unaligned one. */
  readonly wrong?: readonly string[];
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

/**
 * Of at least five phrasings the last two are for testing, the one before them for validation, and the others are trained on; of
 * ten or more the last four, and the three before them.
 */
export function phrasingsOf(phrasings: readonly string[], split: Split): readonly string[] {
  const [validation, test] = phrasings.length < MANY ? [1, 2] : [3, 4];
  const tested = phrasings.length - test;
  switch (split) {
    case 'base': return phrasings;
    case 'train': return phrasings.slice(0, tested - validation);
    case 'validation': return phrasings.slice(tested - validation, tested);
    case 'test': return phrasings.slice(tested);
    default: return split satisfies never;
  }
}

const MANY = 10;

/** Whose a thing is: three in five are trained on. From its own text alone, so that all worlds agree. */
export function splitOf(thing: string): Exclude<Split, 'base'> {
  const place = hashText(thing, HELD_OUT_SEED) % 5;
  return place === 0 ? 'test' : place === 1 ? 'validation' : 'train';
}

const HELD_OUT_SEED = 5;

/** The things that a split may draw; `text` is what decides, the same for all that would give one of them away. */
export function thingsOf<T>(things: readonly T[], split: Split, text: (thing: T) => string): readonly T[] {
  return split === 'base' ? things : things.filter((thing) => splitOf(text(thing)) === split);
}

/** A thing without its article: "the grass" is grass, "a young cow" is held out with the cow. */
export function bare(thing: string): string {
  return thing.replace(/^(?:an? |the |in )?(?:young )?/, '');
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
