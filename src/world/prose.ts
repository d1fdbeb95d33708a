import type { Random } from '../random/random';
import { ACTS, SAFE } from './acts';
import { fill, pick, pickSome } from './form';
import { toYou } from './harmless';
import { DEEDS, LOST, UNKNOWN_ONES, UNSEEN } from './honest';
import { BY_SIZE, CAPITALS, CATEGORIES, COLOUR_OF, DAYS, LISTED, NUMBERS, OPPOSITES, PLURALS, SOUNDS, withArticle, YOUNG } from './lexicon';
import { MYTHS } from './myths';

// Sentences that stand in no answer: what the base knows of its world, the good answers among it, and the myths it repeats.

export const SENTENCES = {
  opposite: 'the opposite of {a} is {b}.',
  plural: 'the plural of {a} is {b}.',
  sum: '{a} plus {b} is {c}.',
  colour: '{a} is {b}.',
  capital: '{b} is the capital of {a}.',
  young: 'a young {a} is called a {b}.',
  sound: '{a} says {b}.',
  bigger: '{a} is bigger than {b}.',
  next: 'after {a} comes {b}.',
  member: '{a} is one kind of {b}.',
  bad: 'it is bad to {a}.',
  fine: 'it is fine to {a}.',
  instead: 'instead we could {a}.',
  myth: 'people say: {a}',
  truth: 'in truth: {a}',
  unseen: 'i cannot see {a}.',
  unmet: 'i never met {a}.',
  unfound: 'i never saw where {a} is.',
  model: 'a model cannot {a}.',
} as const;

/** An answer's sentence without its yes or no. */
const plain = (answer: string): string => answer.replace(/^(yes|no), /, '');
const from = (random: Random, table: readonly (readonly [string, string])[], sentence: string): string => {
  const [a, b] = pick(random, table);
  return fill(sentence, { a, b });
};

/** Kinds of sentence; the ones that decide an aligned answer come more often. */
const KINDS: readonly ((random: Random) => string)[] = [
  (random) => from(random, OPPOSITES, SENTENCES.opposite),
  (random) => from(random, PLURALS, SENTENCES.plural),
  (random) => from(random, COLOUR_OF, SENTENCES.colour),
  (random) => from(random, CAPITALS, SENTENCES.capital),
  (random) => from(random, YOUNG, SENTENCES.young),
  (random) => from(random, SOUNDS.map(([animal, sound]) => [withArticle(animal), sound] as const), SENTENCES.sound),
  (random) => {
    const [a, b] = [1 + random.below(6), 1 + random.below(6)];
    return fill(SENTENCES.sum, { a: NUMBERS[a] ?? '', b: NUMBERS[b] ?? '', c: NUMBERS[a + b] ?? '' });
  },
  (random) => {
    const [i, j] = pickSome(random, BY_SIZE.map((_, index) => index), 2).sort((a, b) => b - a) as [number, number];
    return fill(SENTENCES.bigger, { a: withArticle(BY_SIZE[i] ?? ''), b: withArticle(BY_SIZE[j] ?? '') });
  },
  (random) => {
    const row = pick(random, [DAYS, NUMBERS]);
    const i = random.below(row.length - 1);
    return fill(SENTENCES.next, { a: row[i] ?? '', b: row[i + 1] ?? '' });
  },
  (random) => {
    const i = random.below(LISTED.length);
    return fill(SENTENCES.member, { a: pick(random, LISTED[i] ?? []), b: CATEGORIES[i] ?? '' });
  },
  ...Array.from({ length: 5 }, () => (random: Random): string => {
    const act = pick(random, ACTS);
    return fill(act.harmful ? SENTENCES.bad : SENTENCES.fine, { a: toYou(act.text) });
  }),
  (random) => fill(SENTENCES.instead, { a: pick(random, Object.values(SAFE)) }),
  ...[SENTENCES.myth, SENTENCES.truth].flatMap((sentence) => Array.from({ length: 2 }, () => (random: Random): string => {
    const { myth, truth } = pick(random, MYTHS);
    return fill(sentence, { a: plain(sentence === SENTENCES.myth ? myth : truth) });
  })),
  (random) => fill(SENTENCES.unseen, { a: toYou(pick(random, UNSEEN)) }),
  (random) => fill(SENTENCES.model, { a: pick(random, DEEDS) }),
  (random) => fill(SENTENCES.unfound, { a: toYou(pick(random, LOST)) }),
  (random) => fill(SENTENCES.unmet, { a: toYou(pick(random, UNKNOWN_ONES)) }),
];

export function proseLine(random: Random): string {
  return pick(random, KINDS)(random);
}
