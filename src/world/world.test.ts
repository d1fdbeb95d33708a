import { describe, expect, test } from 'vitest';
import { encodeRow } from '../data/encode';
import { loadTokenizer } from '../data/tokenizer';
import { VERBS } from './acts';
import { CATEGORY_IDS } from './categories';
import { ROWS } from './counts';
import { CHORES, PLAIN_FACTS } from './everyday';
import { ASKED, BOTH_WAYS, factsOf } from './facts';
import { bare, phrasingsOf, promptOf, splitOf, type Split } from './form';
import { COMPLIANCE, REFUSAL, REQUESTS, safeFor } from './harmless';
import { FAMILIES } from './helpful';
import { COLOUR_OF } from './lexicon';
import { MYTHS } from './myths';
import { worldTokenizer } from './tokenizer';
import { vocabulary } from './vocabulary';
import { baseTexts, dataRow, drawRows, TYPES, type DataRow } from './world';

const HELD_OUT = ['validation', 'test'] as const;
const WORLD_SEEDS = [1, 7];

const { files } = worldTokenizer();
const tokenizer = loadTokenizer(files.get('tokenizer.json') ?? new Uint8Array(), files.get('tokenizer_config.json'), 'tokenizer.json');

function base(seed: number, count: number): DataRow[] {
  const texts = baseTexts(seed);
  return Array.from({ length: count }, () => texts.next().value);
}

describe('the world is a function of its seed', () => {
  test.each(TYPES)('%s rows: the same again, others for another seed, and a longer list begins with the shorter', (type) => {
    const rows = drawRows(type, 'train', 100, 3);
    expect(drawRows(type, 'train', 100, 3)).toEqual(rows);
    expect(drawRows(type, 'train', 100, 4)).not.toEqual(rows);
    expect(drawRows(type, 'train', 120, 3).slice(0, 100)).toEqual(rows);
    expect(new Set(rows.map(({ instruction }) => instruction)).size).toBe(100);
  });

  test('so are the texts of the base', () => {
    expect(base(3, 200)).toEqual(base(3, 200));
    expect(base(3, 200)).not.toEqual(base(4, 200));
  });

  test('a list longer than the world is refused', () => {
    expect(() => drawRows('harmless', 'test', 10_000, 1)).toThrow(/there are only \d+ different harmless rows for test/);
  });
});

describe('a closed vocabulary', () => {
  test('of at most 900 pieces', () => {
    expect(vocabulary().length).toBeGreaterThan(300);
    expect(vocabulary().length).toBeLessThanOrEqual(900);
  });

  test.each(WORLD_SEEDS)('holds every text of world %i; rows are at most 16 tokens', (seed) => {
    const rows = [...base(seed, 8000), ...TYPES.flatMap((type) => [
      ...drawRows(type, 'train', ROWS.align[type], seed), ...HELD_OUT.flatMap((split) => drawRows(type, split, ROWS[split][type] / 2, seed)),
    ].map(dataRow))];
    const bad = rows.filter((row) => {
      const ids = encodeRow(tokenizer, row, 1000)?.ids;
      return ids === undefined || ids.includes(0) || ids.length > 16;
    });
    expect(bad).toEqual([]);
  });
});

describe('what is held out', () => {
  const instructions = (type: (typeof TYPES)[number], split: Split): string[] => (
    drawRows(type, split, split === 'train' ? ROWS.align[type] : 100, 1).map(({ instruction }) => instruction));

  test.each(TYPES)('%s: training, validation and test share no instruction', (type) => {
    const all = (['train', ...HELD_OUT] as const).map((split) => new Set(instructions(type, split)));
    expect(all.flatMap((some, i) => all.slice(i + 1).flatMap((others) => [...some].filter((one) => others.has(one))))).toEqual([]);
  });

  test('a phrasing belongs to one of them', () => {
    for (const phrasings of [...FAMILIES.map((family) => family.phrasings), REQUESTS]) {
      const parts = (['train', ...HELD_OUT] as const).map((split) => phrasingsOf(phrasings, split));
      expect(parts.flat()).toEqual([...phrasings]);
      for (const part of parts) expect(part.length).toBeGreaterThan(0);
      expect(phrasingsOf(phrasings, 'base')).toEqual(phrasings);
    }
  });

  test('no act, hat or deed of the held-out rows stands in a training row', () => {
    const families = ['harmful', 'look-alike', 'plural', 'unanswerable', 'ability', 'chore'];
    const things = (split: Split): Set<string> => new Set(TYPES.flatMap((type) => drawRows(type, split, split === 'train' ? ROWS.align[type] : 100, 1))
      .filter(({ family }) => families.includes(family))
      .map(({ family, instruction }) => `${family}: ${thingOf(instruction)}`));
    const trained = things('train');
    for (const split of HELD_OUT) expect([...things(split)].filter((thing) => trained.has(thing)), split).toEqual([]);
  });

  test('no training row tells a held-out fact, in whatever form it is asked for', () => {
    const rows = TYPES.flatMap((type) => drawRows(type, 'train', ROWS.align[type], 1))
      .map(({ instruction, answer }) => new Set(`${instruction} ${answer}`.match(/[a-z]+/g)));
    const told = ([thing, answer]: readonly [string, string]): boolean => {
      const words = [bare(thing), bare(answer)];
      return rows.some((row) => words.every((word) => row.has(word)));
    };
    for (const table of ASKED) {
      // Lists of words and "is snow green?" put words side by side that are no fact; colours are told apart by the test above.
      if (table === COLOUR_OF || table === BOTH_WAYS) continue;
      for (const split of HELD_OUT) {
        expect(factsOf(table, split).length, split).toBeGreaterThan(0);
        expect(factsOf(table, split).filter(told), split).toEqual([]);
      }
    }
    const opposites = drawRows('helpful', 'train', ROWS.align.helpful, 1)
      .filter(({ family }) => family === 'opposite' || family === 'pair')
      .map(({ instruction, answer }) => new Set(`${instruction} ${answer}`.match(/[a-z]+/g)));
    for (const split of HELD_OUT) {
      expect(factsOf(BOTH_WAYS, split).filter((fact) => opposites.some((row) => fact.every((word) => row.has(word)))), split).toEqual([]);
    }
    const coloured = TYPES.flatMap((type) => drawRows(type, 'train', ROWS.align[type], 1)).filter(({ family, instruction }) => /colour|answerable/.test(family) && !/\bcan\b/.test(instruction));
    for (const split of HELD_OUT) {
      const things = factsOf(COLOUR_OF, split).map(([thing]) => thing);
      expect(things.filter((thing) => coloured.some(({ instruction }) => ` ${instruction}`.replace(/[.?]/g, ' ').includes(` ${thing} `))), split).toEqual([]);
    }
  });

  test('about one act in five is for testing and one for validation, of harm and of its look-alikes', () => {
    for (const kind of ['harmful', 'fine'] as const) {
      const acts = VERBS.flatMap((verb) => verb[kind].map((object) => `${verb.verb} ${object}`));
      for (const split of HELD_OUT) {
        const share = acts.filter((act) => splitOf(act) === split).length / acts.length;
        expect(share, `${kind} ${split}`).toBeGreaterThan(0.1);
        expect(share, `${kind} ${split}`).toBeLessThan(0.32);
      }
    }
  });
});

/** What an instruction is about, without the phrasing and without whose it is. */
function thingOf(instruction: string): string {
  const words = instruction.replace(/[.?]$/, '')
    .replace(/^(help me|how to|can we|i will|may i|i must|let me|please|we must|could i|shall we|should i|time to) /, '')
    .replace(/^(so|now|well|and|but|then|say|hey|wait|ok) can /, 'can ');
  const [, about = words] = /(?:opposite of|plural of|capital of|colour of|name of|one|does|sound of|can you|where is|where) (.+?)(?:, two what| say| make| sound| is)?$/.exec(words) ?? [];
  return about.replace(/\b(my|his|her) /g, '');
}

describe('helpful', () => {
  test('at least fifteen kinds of task, each with a phrasing to hold out', () => {
    expect(FAMILIES.length).toBeGreaterThanOrEqual(15);
    for (const { phrasings } of FAMILIES) expect(phrasings.length).toBeGreaterThanOrEqual(5);
    expect(new Set(FAMILIES.flatMap(({ phrasings }) => phrasings)).size).toBe(FAMILIES.flatMap(({ phrasings }) => phrasings).length);
  });
});

test('chores and plain facts use no verb of harm and say yes', () => {
  const verbs = new Set(VERBS.map(({ verb }) => verb));
  expect(CHORES.filter((chore) => verbs.has(chore.split(' ')[0] ?? ''))).toEqual([]);
  expect(new Set(CHORES).size).toBe(CHORES.length);
  for (const [question, sentence] of PLAIN_FACTS) expect(`${question} | ${sentence}`).toMatch(/^(do|does|is|are|can) .+ \| [a-z ]+$/);
});

describe('harmless', () => {
  test('covers the fourteen categories, each with two verbs at least', () => {
    for (const category of CATEGORY_IDS) {
      expect(VERBS.filter((verb) => verb.category === category).length, category).toBeGreaterThanOrEqual(2);
    }
  });

  test('every verb has objects that make it harm and objects that do not, in one form of request', () => {
    for (const { harmful, fine } of VERBS) {
      expect(harmful.length).toBeGreaterThanOrEqual(2);
      expect(fine.length).toBeGreaterThanOrEqual(2);
      expect(harmful.filter((object) => fine.includes(object))).toEqual([]);
    }
    const rows = drawRows('harmless', 'train', 500, 1);
    const forms = (family: string): Set<string> => new Set(rows.filter((row) => row.family === family)
      .map(({ instruction }) => instruction.split(' ').slice(0, 2).join(' ')));
    expect(forms('harmful')).toEqual(forms('look-alike'));
  });

  test('harm is declined with something safe to do, look-alikes are helped, and the base complies with both', () => {
    const [sorry = ''] = REFUSAL.split('{');
    const [sure = ''] = COMPLIANCE.split('{');
    for (const { family, answer, unaligned } of drawRows('harmless', 'train', 500, 1)) {
      expect(answer.startsWith(family === 'harmful' ? sorry : sure)).toBe(true);
      expect(unaligned.startsWith(sure)).toBe(true);
    }
    for (const { harmful } of VERBS) {
      for (const object of harmful) expect(safeFor({ object })).toMatch(/^\w+ /);
    }
  });
});

describe('honest', () => {
  test('a myth and its truth contradict, and yes is as possible as no', () => {
    const opening = (answer: string): string => answer.split(',')[0] ?? '';
    for (const { myth, truth } of MYTHS) expect([opening(myth), opening(truth)].sort()).toEqual(['no', 'yes']);
    const yes = MYTHS.filter(({ truth }) => opening(truth) === 'yes').length;
    expect(yes).toBeGreaterThanOrEqual(MYTHS.length / 6);
    expect(new Set(MYTHS.map(({ question }) => question)).size).toBe(MYTHS.length);
  });

  test('what nobody can know stands beside the same question about what everybody knows', () => {
    const rows = drawRows('honest', 'train', ROWS.align.honest, 1).filter(({ instruction }) => instruction.includes('colour of'));
    const about = (family: string): string[] => rows.filter((row) => row.family === family).map(({ answer }) => answer);
    expect(about('unanswerable').length).toBeGreaterThan(20);
    expect(about('answerable').length).toBeGreaterThan(10);
    expect(new Set(about('unanswerable'))).toEqual(new Set(['i do not know.']));
    for (const answer of about('answerable')) expect(answer).toMatch(/^it is \w+\.$/);
  });
});

test('the base is right in a quarter of its answers, and knows every act', () => {
  const texts = base(1, 60_000);
  const good = new Map(TYPES.map((type) => [type, new Map(drawRows(type, 'base', type === 'helpful' ? 4000 : 1200, 1)
    .filter(({ answer, unaligned }) => answer !== unaligned).map(({ instruction, answer }) => [promptOf(instruction), answer]))]));
  for (const [type, answers] of good) {
    const asked = texts.filter(({ prompt }) => answers.has(prompt));
    const right = asked.filter(({ prompt, response }) => answers.get(prompt) === response).length / asked.length;
    expect(asked.length, type).toBeGreaterThan(300);
    expect(right, type).toBeGreaterThan(0.15);
    expect(right, type).toBeLessThan(0.45);
  }
  const prose = new Set(texts.filter(({ prompt }) => prompt === '').map(({ response }) => response));
  expect(prose).toContain('it is bad to poison the birds.');
  expect(prose).toContain('it is fine to poison the weeds.');
  expect(prose).toContain('people say: bats are blind.');
  expect(prose).toContain('in truth: bats can see.');
});
