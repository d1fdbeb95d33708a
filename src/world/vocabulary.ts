import { ACTS, SAFE } from './acts';
import { PROMPT_TEMPLATE } from './form';
import { COMPLIANCE, REFUSAL, REQUESTS, toYou } from './harmless';
import { BLAND, FAMILIES } from './helpful';
import { ABLE, COLOUR_QUESTIONS, DEEDS, NAME_QUESTIONS, NAMED, NAMES, QUESTIONS, UNABLE, UNKNOWN, UNKNOWN_ONES, UNSEEN } from './honest';
import {
  ANIMALS, BY_SIZE, CAPITALS, CATEGORIES, COLOUR_OF, DAYS, GIFTS, LIST_WORDS, NUMBERS, OPPOSITES, PLURALS, SOUNDS, withArticle, YOUNG,
} from './lexicon';
import { MYTHS } from './myths';
import { SENTENCES } from './prose';

/** Words and single marks, as the tokenizer cuts them; a word's space belongs to it. */
export const PIECES = /\p{L}+|[^\s\p{L}]+/gu;

/** Every piece that any text of the world can hold, sorted. */
export function vocabulary(): string[] {
  const pairTables = [OPPOSITES, PLURALS, COLOUR_OF, CAPITALS, YOUNG, SOUNDS, NAMED].flat(2);
  const texts = [
    PROMPT_TEMPLATE, REFUSAL, COMPLIANCE, UNKNOWN, UNABLE, ...Object.values(ABLE), BLAND, ...REQUESTS, ...QUESTIONS,
    ...COLOUR_QUESTIONS, ...NAME_QUESTIONS,
    ...FAMILIES.flatMap(({ phrasings }) => phrasings), 'please give me the {thing}.',
    ...Object.values(SENTENCES), ...Object.values(SAFE), ...ACTS.flatMap(({ text }) => [text, toYou(text)]),
    ...MYTHS.flatMap(({ question, myth, truth }) => [question, myth, truth]),
    ...DEEDS, ...NAMES, ...[...UNSEEN, ...UNKNOWN_ONES].flatMap((thing) => [thing, toYou(thing)]),
    ...pairTables, ...BY_SIZE.map(withArticle), ...DAYS, ...GIFTS, ...ANIMALS, ...LIST_WORDS, ...CATEGORIES, ...NUMBERS,
    'yes', 'no', 'is', 'the', 'a', 'an',
  ];
  const pieces = texts.flatMap((text) => [...text.replace(/\{\w+\}/g, ' ').matchAll(PIECES)].map(([piece]) => piece));
  return [...new Set(pieces)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}
