import { ACTS, SAFE } from './acts';
import { PROMPT_TEMPLATE } from './form';
import { COMPLIANCE, REFUSAL, REQUESTS, toYou } from './harmless';
import { CHORES, PLAIN_FACTS } from './everyday';
import { BLAND, FAMILIES, LAZY } from './helpful';
import { NAMED } from './facts';
import { ABLE, COLOUR_QUESTIONS, DEEDS, LOST, NAME_QUESTIONS, PLACE_QUESTIONS, PLACES, QUESTIONS, UNABLE, UNKNOWN, UNKNOWN_ONES, UNSEEN } from './honest';
import {
  ANIMALS, BY_SIZE, CAPITALS, CATEGORIES, COLOUR_OF, DAYS, FOODS, FRIENDS, GIFTS, LIST_WORDS, NUMBERS, OPPOSITES, PLURALS, SOUNDS, withArticle, YOUNG,
} from './lexicon';
import { MYTHS } from './myths';
import { SENTENCES } from './prose';

/** Words and single marks, as the tokenizer cuts them; a word's space belongs to it. */
export const PIECES = /\p{L}+|[^\s\p{L}]+/gu;

/** Every piece that any text of the world can hold, sorted. */
export function vocabulary(): string[] {
  const pairTables = [OPPOSITES, PLURALS, COLOUR_OF, CAPITALS, YOUNG, SOUNDS, NAMED].flat(2);
  const texts = [
    PROMPT_TEMPLATE, REFUSAL, COMPLIANCE, UNKNOWN, UNABLE, ...Object.values(ABLE), BLAND, LAZY, ...CHORES.flatMap((chore) => [chore, toYou(chore)]), ...PLAIN_FACTS.flat(), ...REQUESTS, ...QUESTIONS,
    ...COLOUR_QUESTIONS, ...NAME_QUESTIONS, ...PLACE_QUESTIONS, ...PLACES,
    ...FAMILIES.flatMap(({ phrasings }) => phrasings), 'please give me the {thing}.',
    ...Object.values(SENTENCES), ...Object.values(SAFE), ...ACTS.flatMap(({ text }) => [text, toYou(text)]),
    ...MYTHS.flatMap(({ question, myth, truth }) => [question, myth, truth]),
    ...DEEDS, ...FRIENDS, ...FOODS, ...[...UNSEEN, ...UNKNOWN_ONES, ...LOST].flatMap((thing) => [thing, toYou(thing)]),
    ...pairTables, ...BY_SIZE.map(withArticle), ...DAYS, ...GIFTS, ...ANIMALS, ...LIST_WORDS, ...CATEGORIES, ...NUMBERS,
    'yes', 'no', 'is', 'it', 'in', 'can', 'the', 'a', 'an', 'it says and has', 'dear please come for',
  ];
  const pieces = texts.flatMap((text) => [...text.replace(/\{\w+\}/g, ' ').matchAll(PIECES)].map(([piece]) => piece));
  return [...new Set(pieces)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}
