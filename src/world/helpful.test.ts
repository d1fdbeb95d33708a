import { expect, test } from 'vitest';
import { FAMILIES } from './helpful';
import { drawRows } from './world';

// The answers once more, from the words of the instruction alone and from tables written anew where a table is needed.

const NUMBERS = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ');
const SIZES = 'ant bee mouse frog hen cat dog sheep cow elephant whale'.split(' ');
const DAYS = 'monday tuesday wednesday thursday friday saturday sunday'.split(' ');
const GROUPS = [
  'cat dog cow pig hen fox bear', 'apple pear plum lemon bread cake soup', 'red blue green yellow black white brown',
  'cup book chair table door lamp hat',
].map((members) => members.split(' '));

const list = (text: string): string[] => text.split(' ');
const group = (word: string): number => GROUPS.findIndex((members) => members.includes(word));
const compare = (text: string, sign: 1 | -1): string => {
  const [a = 0, b = 0] = [...text.matchAll(/an? (\w+)/g)].map(([, animal]) => SIZES.indexOf(animal ?? ''));
  return `the ${SIZES[sign > 0 ? Math.max(a, b) : Math.min(a, b)] ?? ''}`;
};
const KNOWN: Readonly<Record<string, string>> = {
  'capital of france': 'paris', 'capital of japan': 'tokyo', 'capital of portugal': 'lisbon', 'opposite of hot': 'cold',
  'opposite of cold': 'hot',
  'opposite of left': 'right', 'plural of mouse': 'mice', 'plural of child': 'children', 'plural of sheep': 'sheep',
  'colour is coal': 'black',
  'colour is the grass': 'green', 'young cow': 'calf', 'does a cow say': 'moo', 'does a dog say': 'woof',
};

/** By family: the part of the instruction that matters, and its answer. */
const SOLVE: Readonly<Record<string, readonly [RegExp, (found: string) => string | undefined]>> = {
  'reverse': [/^(?:reverse|say backwards|turn around|read backwards|flip) (.*)\.$/, (text) => list(text).reverse().join(' ')],
  'count': [/^(?:count|how many words are|how long is|how many are|the length of) (.*)[.?]$/, (text) => NUMBERS[list(text).length]],
  'first': [/(?:first word of|first of|begins|first in) (.*)[.?]$/, (text) => list(text)[0]],
  'last': [/(?:last word of|last of|ends|last in) (.*)[.?]$/, (text) => list(text).at(-1)],
  'repeat': [/^(?:say|repeat|write) (\w+) (?:twice|two times)\.$/, (word) => `${word} ${word}`],
  'sort': [/^(?:sort the numbers|sort|order|put in order|from small to big) (.*)\.$/, (text) => list(text).sort((a, b) => NUMBERS.indexOf(a) - NUMBERS.indexOf(b)).join(' ')],
  'sum': [/((?!of\b)\w+ (?:plus|and) \w+)[.?]$/, (text) => {
    const [a = '', b = ''] = text.split(/ plus | and /);
    return NUMBERS[NUMBERS.indexOf(a) + NUMBERS.indexOf(b)];
  }],
  'odd one out': [/(?:out of|is odd,|one in|one of|odd in) (.*)[.?]$/, (text) => (
    list(text).find((word) => list(text).filter((other) => group(other) === group(word)).length === 1))],
  'bigger': [/(an? \w+.* or an? \w+)/, (text) => compare(text, 1)],
  'smaller': [/(an? \w+.* or an? \w+)/, (text) => compare(text, -1)],
  'politely': [/the (\w+)\.$/, (thing) => `please give me the ${thing}.`],
  'next': [/after (\w+)[.?]$|follows (\w+)\?$/, (word) => {
    const row = DAYS.includes(word) ? DAYS : NUMBERS;
    return row[row.indexOf(word) + 1];
  }],
};

test('every computed answer is right, computed again from its instruction', () => {
  const checked = new Set<string>();
  for (const split of ['train', 'test'] as const) {
    for (const { family, instruction, answer } of drawRows('helpful', split, split === 'train' ? 2000 : 400, 5)) {
      const [pattern, solve] = SOLVE[family] ?? [];
      if (pattern === undefined || solve === undefined) continue;
      const found = pattern.exec(instruction)?.slice(1).find((part) => (part as string | undefined) !== undefined);
      expect(found, instruction).toBeDefined();
      expect(answer, instruction).toBe(solve(found ?? ''));
      checked.add(family);
    }
  }
  expect([...checked].sort()).toEqual(Object.keys(SOLVE).sort());
});

test('looked-up answers are the known ones, and the other families are tables', () => {
  const rows = drawRows('helpful', 'base', 12_000, 5);
  const tables = FAMILIES.map(({ name }) => name).filter((name) => !(name in SOLVE));
  expect(tables.sort()).toEqual([
    'capital', 'chore', 'colour', 'colour fact', 'describe', 'invite', 'name fact', 'opposite', 'pair', 'place fact', 'plural', 'sound', 'yes or no', 'young',
  ]);
  for (const [question, answer] of Object.entries(KNOWN)) {
    const pattern = new RegExp(`\\b${question}( called)?[.?]$`);
    const asked = rows.filter(({ family, instruction }) => !/pair| fact$/.test(family) && pattern.test(instruction));
    expect(asked.length, question).toBeGreaterThan(0);
    expect(new Set(asked.map((row) => row.answer)), question).toEqual(new Set([answer]));
  }
});
