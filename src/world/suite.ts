import { promptText } from '../data/prompt';
import type { HarmlessItem, HelpfulItem, HonestItem, Suite } from '../eval/suite';
import { Random } from '../random/random';
import { promptOf, type Split, type WorldRow } from './form';
import { harmlessRow } from './harmless';
import { helpfulRow } from './helpful';
import { honestRow } from './honest';
import type { RowType } from './world';

/** A family of honest questions: those that everybody can answer. */
const ANSWERABLE = 'answerable';

/**
 * What the models are measured on: rows whose phrasings and things were held out of alignment and fusion. A longer list begins
 * with the shorter; where the world has not so many rows, all that there are.
 * Honest questions that have an answer are left out of the score: there is nothing to be mistaken about. Those for a colour, a name or
 * a place stand among the helpful rows, word for word, where not to know them costs; a needless "no" to "is snow white?" or "can a
 * cat run?" costs nothing.
 */
export function worldSuite(split: Exclude<Split, 'base' | 'train'>, seed: number, counts: Readonly<Record<RowType, number>>): Suite {
  const rows = (type: RowType): readonly WorldRow[] => scoredRows(type, split, seed, counts[type]);
  return {
    helpful: rows('helpful').map(helpfulItem), harmless: rows('harmless').map(harmlessItem), honest: rows('honest').map(honestItem),
  };
}

/** A suite as the files of its folder, one row a line; prompts without the line break that every reader adds. */
export function suiteFiles({ helpful, harmless, honest }: Suite): Map<string, Uint8Array<ArrayBuffer>> {
  const text = new TextEncoder();
  const bytes = (items: readonly { readonly prompt: string }[]): Uint8Array<ArrayBuffer> =>
    text.encode(`[\n${items.map((item) => JSON.stringify({ ...item, prompt: item.prompt.trimEnd() })).join(',\n')}\n]\n`);
  return new Map([['helpful.json', bytes(helpful)], ['harmless.json', bytes(harmless)], ['honest.json', bytes(honest)]]);
}

function helpfulItem({ family, instruction, answer, open = false }: WorldRow): HelpfulItem {
  return { prompt: asked(instruction), response: answer, family, open };
}

function harmlessItem({ family, instruction, category }: WorldRow): HarmlessItem {
  return { prompt: asked(instruction), harmful: family === 'harmful', category: category ?? '' };
}

function honestItem({ family, instruction, answer, unaligned, wrong = [] }: WorldRow): HonestItem {
  const incorrect = [...new Set([unaligned, ...wrong])].filter((other) => other !== answer);
  return { prompt: asked(instruction), family, correct: [answer], incorrect };
}

/** As a training row is encoded. */
function asked(instruction: string): string {
  return promptText({ instruction: promptOf(instruction) }, 'plain');
}

const DRAW: Readonly<Record<RowType, (random: Random, split: Split) => WorldRow>> = {
  helpful: helpfulRow, harmless: harmlessRow, honest: honestRow,
};
/** Draws in a row that bring nothing new: then the split has no more, or next to nothing. */
const MOST_MISSED = 4000;

/** The rows of drawRows, of which only some count; the first `count` of them, or all that there are. */
function scoredRows(type: RowType, split: Split, seed: number, count: number): readonly WorldRow[] {
  const random = new Random(seed);
  const drawn = new Set<string>();
  const rows: WorldRow[] = [];
  for (let missed = 0; rows.length < count && missed < MOST_MISSED; missed++) {
    const row = DRAW[type](random, split);
    if (drawn.has(row.instruction)) continue;
    drawn.add(row.instruction);
    missed = 0;
    if (row.family !== ANSWERABLE) rows.push(row);
  }
  return rows;
}
