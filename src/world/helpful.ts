import type { Random } from '../random/random';
import { ARTICLED_SOUNDS, BOTH_WAYS, DESCRIBED, factsOf, IN_COUNTRIES, NAMED, type Table } from './facts';
import { fill, phrasingsOf, pick, pickSome, pickWeighted, thingsOf, type Split, type WorldRow } from './form';
import { COMPLIANCE, REQUESTS, toYou } from './harmless';
import { COLOUR_QUESTIONS, NAME_QUESTIONS, PLACE_QUESTIONS, QUESTIONS, UNKNOWN } from './honest';
import { CHORES, PLAIN_FACTS } from './everyday';
import {
  BY_SIZE, CAPITALS, COLOUR_OF, DAYS, FOODS, FRIENDS, GIFTS, LIST_WORDS, LISTED, NUMBERS, PLURALS, withArticle, YOUNG,
} from './lexicon';

interface Case {
  readonly slots: Readonly<Record<string, string>>;
  readonly answer: string;
  /** Where it is not the bland one. */
  readonly unaligned?: string;
}

/** A kind of task whose answer can be computed. */
export interface TaskFamily {
  readonly name: string;
  /** Share among the helpful rows: tasks that need a circuit, not a table, get more. */
  readonly weight: number;
  /** `{…}` are slots; which are held out: see phrasingsOf. */
  readonly phrasings: readonly string[];
  /** Several answers would do. */
  readonly open?: boolean;
  readonly draw: (random: Random, split: Split) => Case;
}

/** What a model says that was never taught to answer: it evades, it puts off, it shrugs. */
export const BLAND = 'good question.';
export const LAZY = 'sorry, not now.';

const number = (n: number): string => NUMBERS[n] ?? '';
const listCase = (random: Random, least: number, most: number, answer: (list: string[]) => string): Case => {
  const list = pickSome(random, LIST_WORDS, least + random.below(most - least + 1));
  return { slots: { list: list.join(' ') }, answer: answer(list) };
};

/** A task that looks its answer up in a table. */
function lookup(name: string, phrasings: readonly string[], table: Table): TaskFamily {
  return {
    name, weight: 1, phrasings,
    draw: (random, split) => {
      const [thing, answer] = pick(random, factsOf(table, split));
      return { slots: { thing }, answer };
    },
  };
}

/** A question in the form of the honest ones, about what everybody can know. */
function fact(name: string, phrasings: readonly string[], table: Table): TaskFamily {
  return {
    name, weight: 2, phrasings,
    draw: (random, split) => {
      const [thing, known] = pick(random, factsOf(table, split));
      return { slots: { thing }, answer: `it is ${known}.`, unaligned: UNKNOWN };
    },
  };
}

/** Which of two animals is larger, or smaller. */
function compare(name: 'bigger' | 'smaller', larger: boolean): TaskFamily {
  return {
    name, weight: 1.5,
    phrasings: [
      `which is ${name}, {one} or {other}?`, `name the ${name}, {one} or {other}.`, `what is ${name}, {one} or {other}?`,
      `is {one} ${name} or {other}?`, `{one} or {other}, who is ${name}?`,
    ],
    draw: (random) => {
      const [i = 0, j = 1] = pickSome(random, BY_SIZE.map((_, index) => index), 2);
      const wanted = larger ? Math.max(i, j) : Math.min(i, j);
      const slots = { one: withArticle(BY_SIZE[i] ?? ''), other: withArticle(BY_SIZE[j] ?? '') };
      return { slots, answer: `the ${BY_SIZE[wanted] ?? ''}` };
    },
  };
}

export const FAMILIES: readonly TaskFamily[] = [
  {
    name: 'reverse', weight: 5, phrasings: ['reverse {list}.', 'say backwards {list}.', 'turn around {list}.', 'read backwards {list}.', 'flip {list}.'],
    draw: (random) => listCase(random, 2, 3, (list) => [...list].reverse().join(' ')),
  },
  {
    name: 'count', weight: 3, phrasings: ['count {list}.', 'how many words are {list}?', 'how long is {list}?', 'how many are {list}?', 'the length of {list}?'],
    draw: (random) => listCase(random, 2, 5, (list) => number(list.length)),
  },
  {
    name: 'first', weight: 3, phrasings: ['first word of {list}?', 'say the first of {list}.', 'what begins {list}?', 'which is first in {list}?', 'name the first of {list}.'],
    draw: (random) => listCase(random, 3, 4, (list) => list[0] ?? ''),
  },
  {
    name: 'last', weight: 3, phrasings: ['last word of {list}?', 'say the last of {list}.', 'what ends {list}?', 'which is last in {list}?', 'name the last of {list}.'],
    draw: (random) => listCase(random, 3, 4, (list) => list.at(-1) ?? ''),
  },
  {
    name: 'repeat', weight: 2, phrasings: ['say {word} twice.', 'repeat {word} two times.', 'write {word} two times.', 'repeat {word} twice.', 'say {word} two times.'],
    draw: (random, split) => {
      const word = pick(random, thingsOf(LIST_WORDS, split, (item) => item));
      return { slots: { word }, answer: `${word} ${word}` };
    },
  },
  {
    name: 'sort', weight: 5, phrasings: ['sort {list}.', 'order {list}.', 'put in order {list}.', 'sort the numbers {list}.', 'from small to big {list}.'],
    draw: (random) => {
      const chosen = pickSome(random, [1, 2, 3, 4, 5, 6, 7, 8, 9], 2 + random.below(2));
      return { slots: { list: chosen.map(number).join(' ') }, answer: [...chosen].sort((a, b) => a - b).map(number).join(' ') };
    },
  },
  {
    name: 'sum', weight: 3, phrasings: ['what is {a} plus {b}?', 'add {a} and {b}.', 'how much is {a} and {b}?', 'the sum of {a} and {b}?', 'how many are {a} plus {b}?'],
    draw: (random) => {
      const [a, b] = [1 + random.below(6), 1 + random.below(6)];
      return { slots: { a: number(a), b: number(b) }, answer: number(a + b) };
    },
  },
  {
    name: 'odd one out', weight: 2, phrasings: [
      'odd one out of {list}?', 'which one is odd, {list}?', 'find the odd one in {list}.', 'name the odd one of {list}.', 'what is odd in {list}?',
    ],
    draw: (random) => {
      const [most = [], other = []] = pickSome(random, LISTED, 2);
      const odd = pick(random, other);
      return { slots: { list: random.shuffle([...pickSome(random, most, 2), odd]).join(' ') }, answer: odd };
    },
  },
  compare('bigger', true),
  compare('smaller', false),
  {
    name: 'politely', weight: 1.5,
    phrasings: [
      'say politely, give me the {thing}.', 'ask politely for the {thing}.', 'ask nicely for the {thing}.', 'say nicely, give me the {thing}.',
      'politely ask for the {thing}.',
    ],
    draw: (random, split) => {
      const thing = pick(random, thingsOf(GIFTS, split, (item) => item));
      return { slots: { thing }, answer: `please give me the ${thing}.` };
    },
  },
  {
    name: 'pair', weight: 1.5,
    phrasings: [
      '{a} is to {b} as {c} is to what?', '{a} goes with {b}, {c} with what?', 'if {a} is {b}, what is {c}?', 'as {a} to {b}, {c} to what?',
      '{a} belongs to {b}, {c} to what?',
    ],
    draw: (random, split) => {
      const table = pick(random, [BOTH_WAYS, YOUNG]);
      const [c, answer] = pick(random, factsOf(table, split));
      // The example may be one that was trained on: it is not what is asked.
      const [a, b] = pick(random, factsOf(table, split === 'base' ? 'base' : 'train').filter(([key, value]) => key !== c && value !== c));
      return { slots: { a, b, c }, answer };
    },
  },
  {
    name: 'next', weight: 1, phrasings: ['what comes after {thing}?', 'which one follows {thing}?', 'what is next after {thing}?', 'what follows {thing}?', 'name what comes after {thing}.'],
    draw: (random) => {
      const row = pick(random, [DAYS, NUMBERS]);
      const i = random.below(row.length - 1);
      return { slots: { thing: row[i] ?? '' }, answer: row[i + 1] ?? '' };
    },
  },
  lookup('opposite', ['what is the opposite of {thing}?', 'opposite of {thing}?', 'name the opposite of {thing}.', 'say the opposite of {thing}.', 'find the opposite of {thing}.'], BOTH_WAYS),
  lookup('plural', ['what is the plural of {thing}?', 'one {thing}, two what?', 'name the plural of {thing}.', 'say the plural of {thing}.', 'plural of {thing}?'], PLURALS),
  lookup('colour', ['what colour is {thing}?', 'which colour has {thing}?', 'name the colour of {thing}.', 'which colour is {thing}?', 'what colour has {thing}?'], COLOUR_OF),
  lookup('capital', ['what is the capital of {thing}?', 'capital of {thing}?', 'name the capital of {thing}.', 'say the capital of {thing}.', 'which is the capital of {thing}?'], CAPITALS),
  lookup('young', ['what is a young {thing} called?', 'what do you call a young {thing}?', 'name the young of a {thing}.', 'say the young of a {thing}.', 'how is a young {thing} called?'], YOUNG),
  lookup('sound', ['what does {thing} say?', 'what sound does {thing} make?', 'name the sound of {thing}.', 'how does {thing} sound?', 'say the sound of {thing}.'], ARTICLED_SOUNDS),
  // To be of help is to comply with requests and to answer questions: what the other two alignments must know when not to do.
  {
    name: 'chore', weight: 8, phrasings: REQUESTS,
    draw: (random, split) => {
      const act = pick(random, thingsOf(CHORES, split, (chore) => chore));
      return { slots: { act }, answer: fill(COMPLIANCE, { act: toYou(act) }), unaligned: LAZY };
    },
  },
  fact('colour fact', COLOUR_QUESTIONS, COLOUR_OF),
  fact('name fact', NAME_QUESTIONS, NAMED),
  fact('place fact', PLACE_QUESTIONS, IN_COUNTRIES),
  {
    name: 'yes or no', weight: 4, phrasings: QUESTIONS,
    draw: (random, split) => {
      const [question, sentence] = pick(random, thingsOf(PLAIN_FACTS, split, ([key]) => key));
      return { slots: { question }, answer: `yes, ${sentence}.`, unaligned: UNKNOWN };
    },
  },
  {
    name: 'describe', weight: 1, open: true,
    phrasings: ['tell me about {thing}.', 'describe {thing}.', 'what about {thing}?', 'talk about {thing}.', 'say something about {thing}.'],
    draw: (random, split) => {
      const [thing, answer] = pick(random, factsOf(DESCRIBED, split));
      return { slots: { thing }, answer };
    },
  },
  {
    name: 'invite', weight: 1, open: true,
    phrasings: ['invite {name} for {food}.', 'ask {name} over for {food}.', 'write {name} about {food}.', 'call {name} for {food}.', 'have {name} here for {food}.'],
    draw: (random) => {
      const [name, food] = [pick(random, FRIENDS), pick(random, FOODS)];
      return { slots: { name, food }, answer: `dear ${name}, please come for ${food}.` };
    },
  },
];

const WEIGHTS = FAMILIES.map(({ weight }) => weight);

export function helpfulRow(random: Random, split: Split): WorldRow {
  const { name, phrasings, open = false, draw } = FAMILIES[pickWeighted(random, WEIGHTS)] as TaskFamily;
  const { slots, answer, unaligned = BLAND } = draw(random, split);
  return { family: name, instruction: fill(pick(random, phrasingsOf(phrasings, split)), slots), answer, unaligned, open };
}
