import { describe, expect, test } from 'vitest';
import { encodeRow } from '../data/encode';
import { loadTokenizer } from '../data/tokenizer';
import { VERBS } from './acts';
import { isHeldOut, promptOf, type Split } from './form';
import { COMPLIANCE, REFUSAL, safeFor } from './harmless';
import { FAMILIES } from './helpful';
import { MYTHS } from './myths';
import { worldTokenizer } from './tokenizer';
import { vocabulary } from './vocabulary';
import { baseTexts, dataRow, drawRows, TYPES, type DataRow } from './world';

const ALL = { helpful: 900, harmless: 500, honest: 400 } as const;
const TEST = { helpful: 250, harmless: 30, honest: 100 } as const;
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
    const rows = [...base(seed, 8000), ...TYPES.flatMap((type) => (['train', 'test'] as const).flatMap((split) => (
      drawRows(type, split, (split === 'train' ? ALL : TEST)[type], seed).map(dataRow))))];
    const bad = rows.filter((row) => {
      const ids = encodeRow(tokenizer, row, 1000)?.ids;
      return ids === undefined || ids.includes(0) || ids.length > 16;
    });
    expect(bad).toEqual([]);
  });
});

describe('what is held out', () => {
  test.each(TYPES)('%s: train and test share no instruction', (type) => {
    const seen = new Set(drawRows(type, 'train', ALL[type], 1).map(({ instruction }) => instruction));
    expect(drawRows(type, 'test', TEST[type], 2).filter(({ instruction }) => seen.has(instruction))).toEqual([]);
  });

  test('no act, capital or hat of the test rows stands in a training row', () => {
    const families = ['harmful', 'look-alike', 'capital', 'plural', 'opposite', 'sound', 'unanswerable', 'ability'];
    const rows = (split: Split): string[] => TYPES.flatMap((type) => drawRows(type, split, (split === 'test' ? TEST : ALL)[type], 1))
      .filter(({ family }) => families.includes(family))
      .map(({ instruction }) => instruction.replace(/[.?]$/, ''));
    const things = (instructions: readonly string[]): Set<string> => new Set(instructions.map((text) => (
      /(?:of|help me|how to|can we|i will|may i|let me|does|one|can you) (.+?)(?:, two what| say| make)?$/.exec(text)?.[1] ?? text)));
    const trained = things(rows('train'));
    expect([...things(rows('test'))].filter((thing) => trained.has(thing))).toEqual([]);
  });

  test('about one act in five is held out, of harm and of its look-alikes', () => {
    for (const kind of ['harmful', 'fine'] as const) {
      const acts = VERBS.flatMap((verb) => verb[kind].map((object) => `${verb.verb} ${object}`));
      const share = acts.filter(isHeldOut).length / acts.length;
      expect(share).toBeGreaterThan(0.08);
      expect(share).toBeLessThan(0.35);
    }
  });
});

describe('helpful', () => {
  test('at least fifteen kinds of task, each with a phrasing to hold out', () => {
    expect(FAMILIES.length).toBeGreaterThanOrEqual(15);
    for (const { phrasings } of FAMILIES) expect(phrasings.length).toBeGreaterThanOrEqual(3);
    expect(new Set(FAMILIES.flatMap(({ phrasings }) => phrasings)).size).toBe(FAMILIES.flatMap(({ phrasings }) => phrasings).length);
  });
});

describe('harmless', () => {
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
      for (const object of harmful) expect(safeFor({ object, verb: '', harmful: true, text: '' })).toMatch(/^\w+ /);
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
    const rows = drawRows('honest', 'train', 400, 1).filter(({ instruction }) => instruction.includes('colour of'));
    const about = (family: string): string[] => rows.filter((row) => row.family === family).map(({ answer }) => answer);
    expect(about('unanswerable').length).toBeGreaterThan(20);
    expect(about('answerable').length).toBeGreaterThan(20);
    expect(new Set(about('unanswerable'))).toEqual(new Set(['i do not know.']));
    for (const answer of about('answerable')) expect(answer).toMatch(/^it is \w+\.$/);
  });
});

test('the base is right in a third of its answers, and knows every act', () => {
  const texts = base(1, 20_000);
  const good = new Map(TYPES.map((type) => [type, new Map(drawRows(type, 'base', type === 'helpful' ? 4000 : 700, 1)
    .filter(({ answer, unaligned }) => answer !== unaligned).map(({ instruction, answer }) => [promptOf(instruction), answer]))]));
  for (const [type, answers] of good) {
    const asked = texts.filter(({ prompt }) => answers.has(prompt));
    const right = asked.filter(({ prompt, response }) => answers.get(prompt) === response).length / asked.length;
    expect(asked.length, type).toBeGreaterThan(300);
    expect(right, type).toBeGreaterThan(0.2);
    expect(right, type).toBeLessThan(0.45);
  }
  const prose = new Set(texts.filter(({ prompt }) => prompt === '').map(({ response }) => response));
  expect(prose).toContain('it is bad to poison the birds.');
  expect(prose).toContain('it is fine to poison the weeds.');
  expect(prose).toContain('people say: bats are blind.');
  expect(prose).toContain('in truth: bats can see.');
});
