import { Random } from '../random/random';
import { pickWeighted, promptOf, type Split, type WorldRow } from './form';
import { harmlessRow } from './harmless';
import { helpfulRow } from './helpful';
import { honestRow } from './honest';
import { proseLine } from './prose';

/** In the order of the experts. */
export const TYPES = ['helpful', 'harmless', 'honest'] as const;
export type RowType = (typeof TYPES)[number];

const DRAW: Readonly<Record<RowType, (random: Random, split: Split) => WorldRow>> = {
  helpful: helpfulRow, harmless: harmlessRow, honest: honestRow,
};

/** What a dataset file holds. */
export interface DataRow {
  readonly prompt: string;
  readonly response: string;
}

/** Draws in a row that bring nothing new: then the world has no more. */
const MOST_MISSED = 20_000;

/**
 * `count` different instructions of one type. The same seed gives the same rows, and a longer list begins with the shorter.
 * Throws a RangeError where the world has not so many.
 */
export function drawRows(type: RowType, split: Split, count: number, seed: number): WorldRow[] {
  const random = new Random(seed);
  const rows = new Map<string, WorldRow>();
  for (let missed = 0; rows.size < count; missed++) {
    if (missed > MOST_MISSED) throw new RangeError(`there are only ${rows.size} different ${type} rows for ${split}, of ${count} wanted`);
    const row = DRAW[type](random, split);
    if (rows.has(row.instruction)) continue;
    rows.set(row.instruction, row);
    missed = 0;
  }
  return [...rows.values()];
}

export function dataRow({ instruction, answer }: WorldRow): DataRow {
  return { prompt: promptOf(instruction), response: answer };
}

/** Shares of the base's texts. */
const BASE_SHARES = { helpful: 0.58, harmless: 0.12, honest: 0.13, prose: 0.17 } as const;
/**
 * Of the base's instructions, this share is answered well: the circuits are learnt, and what an aligned model does is a
 * decision that the FFN alone can flip; the majority stays bland, complying or mistaken.
 */
const WELL_ANSWERED: Readonly<Record<RowType, number>> = { helpful: 0.3, harmless: 0.22, honest: 0.22 };

/** Texts for the base, endless and in order of the seed; prose has an empty prompt. */
export function* baseTexts(seed: number): Generator<DataRow, never> {
  const random = new Random(seed);
  const shares = [...TYPES.map((type) => BASE_SHARES[type]), BASE_SHARES.prose];
  for (;;) {
    const type = TYPES[pickWeighted(random, shares)];
    if (type === undefined) {
      yield { prompt: '', response: proseLine(random) };
      continue;
    }
    const row = DRAW[type](random, 'base');
    yield { prompt: promptOf(row.instruction), response: random.uniform() < WELL_ANSWERED[type] ? row.answer : row.unaligned };
  }
}
