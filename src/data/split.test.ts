import { expect, test } from 'vitest';
import { Random } from '../random/random';
import { hashText, selectSplit } from './split';

const rows = Array.from({ length: 5000 }, (_, i) => ({ prompt: `question ${String(i)}`, response: `answer ${String(i % 7)}` }));

test('train and validation part the rows, with a tenth held out', () => {
  const train = selectSplit(rows, 'train', 1);
  const validation = selectSplit(rows, 'validation', 1);
  expect(train.length + validation.length).toBe(5000);
  expect(new Set([...train, ...validation]).size).toBe(5000);
  // 500 ± 4 standard deviations of a binomial.
  expect(Math.abs(validation.length - 500)).toBeLessThan(85);
  expect(selectSplit(rows, 'all', 1)).toEqual(rows);
});

test('a row keeps its side in whatever order and company it comes', () => {
  const held = new Set(selectSplit(rows, 'validation', 1));
  const shuffled = new Random(2).shuffle([...rows]).slice(0, 1000);
  expect(selectSplit(shuffled, 'validation', 1)).toEqual(shuffled.filter((row) => held.has(row)));
});

test('another seed holds out other rows: about a tenth of a tenth are common', () => {
  const first = new Set(selectSplit(rows, 'validation', 1));
  const common = selectSplit(rows, 'validation', 2).filter((row) => first.has(row)).length;
  expect(common).toBeLessThan(100);
});

test('the hash is fixed: a change would move rows of old runs to the other side', () => {
  expect([hashText('', 0), hashText('a', 0), hashText('a', 1), hashText('😀', 0)]).toMatchInlineSnapshot(`
    [
      2886220781,
      3271515748,
      2735407360,
      1564083594,
    ]
  `);
});
