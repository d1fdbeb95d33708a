import { expect, test } from 'vitest';
import { Refusal } from '../errors/refusal';
import { Random } from '../random/random';
import { trainBpe } from './bpe';
import { BYTE_CHARS, fromByteChars, toByteChars } from './byte_level';
import { loadTokenizer, type Tokenizer } from './tokenizer';

function tokenizer(texts: readonly string[], size: number): Tokenizer {
  const { files } = trainBpe(texts, size);
  return loadTokenizer(files.get('tokenizer.json') ?? new Uint8Array(), files.get('tokenizer_config.json'), 'tokenizer.json');
}
const plain = { addSpecial: false };

test('merges follow the counts: ab before abc, and the special tokens and bytes come first', () => {
  const trained = tokenizer(['ab ab ab abc abc'], 261);
  // 5 × ab; then " ab" (4) before "abc" (2).
  expect([259, 260].map((id) => trained.tokenText(id))).toEqual(['ab', ' ab']);
  expect([0, 1, 2].map((id) => trained.tokenText(id))).toEqual(['<unk>', '<s>', '</s>']);
  expect(trained).toMatchObject({ bos: 1, eos: 2, vocab: 261 });
  expect(trained.encode('abc', { addSpecial: true })).toEqual([1, 259, 3 + 'c'.charCodeAt(0)]);
});

test('equal counts merge by lowest ids, and the order of the texts does not matter', () => {
  const a = trainBpe(['zx zx', 'ba ba', 'longer words are here and here'], 300);
  const b = trainBpe(['longer words are here and here', 'ba ba', 'zx zx'], 300);
  expect(a).toEqual(b);
});

test('training stops where no pair occurs twice', () => {
  expect(trainBpe(['abc'], 1000).vocab).toBe(259);
});

test('any text comes back exactly', () => {
  const trained = tokenizer(['The quick brown fox — naïve café, 12 + 34 = 46.', 'den Wörtern 😀'], 300);
  const random = new Random(3);
  const texts = ['', ' ', '  two  spaces \n\n\t', '▁metaspace', '\u0000\u0001', '\uFEFFbom', '😀', "it's 2024 don't", 'a'.repeat(500)];
  for (let i = 0; i < 200; i++) {
    texts.push(Array.from({ length: random.below(30) }, () => {
      const point = random.below(5) === 0 ? random.below(0x10ffff) : random.below(0x250);
      return point >= 0xd800 && point <= 0xdfff ? 'x' : String.fromCodePoint(point);
    }).join(''));
  }
  for (const text of texts) expect(trained.decode(trained.encode(text, plain))).toBe(text);
});

test('text that spells a special token never becomes it by merging', () => {
  const trained = tokenizer(['x<s>y '.repeat(50)], 290);
  const ids = Array.from({ length: trained.vocab }, (_, id) => trained.tokenText(id));
  expect(ids.filter((text) => text === '<s>')).toHaveLength(1);
});

test('numbers are written digit by digit', () => {
  const trained = tokenizer(['2024 2024 2024 2024'], 300);
  expect(trained.encode('2024', plain)).toHaveLength(4);
});

test('every byte has its own character and comes back', () => {
  expect(new Set(BYTE_CHARS).size).toBe(256);
  expect(toByteChars(' \n')).toBe('ĠĊ');
  expect(fromByteChars(toByteChars('naïve 😀'))).toBe('naïve 😀');
});

test('a vocabulary of 2048 from 400 kB of varied text takes seconds, and compresses it', () => {
  const random = new Random(5);
  const words = Array.from({ length: 3000 },
    () => Array.from({ length: 2 + random.below(8) }, () => 'etaoinshrdlu'[random.below(12)]).join(''));
  const text = Array.from({ length: 70_000 }, () => words[Math.floor(random.uniform() ** 3 * words.length)]).join(' ');
  const start = performance.now();
  const trained = tokenizer([text], 2048);
  expect(performance.now() - start).toBeLessThan(15_000);
  expect(trained.vocab).toBe(2048);
  const sample = text.slice(0, 5000);
  expect(trained.encode(sample, plain).length).toBeLessThan(sample.length / 3);
});

test.each([258, 0, 1.5, NaN])('a vocabulary of %d is refused', (size) => {
  expect(() => trainBpe(['text'], size)).toThrow('vocab-size: expected a whole number from 259');
});

test('no text is refused', () => {
  expect(() => trainBpe(['', ''], 300)).toThrow(Refusal);
});
