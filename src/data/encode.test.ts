import { expect, test } from 'vitest';
import { Refusal } from '../errors/refusal';
import { SHARED_DATA, sharedFile, WHY_SKIPPED } from '../testing/shared_data';
import { parseDataset } from './dataset';
import { encodeDataset, encodePrompt, encodeRow } from './encode';
import { promptText } from './prompt';
import { loadTokenizer, type Tokenizer } from './tokenizer';

const model = { type: 'BPE', vocab: Object.fromEntries(Array.from('<>abcdefgh', (char, id) => [char, id])), merges: [] };
const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
/** One token a letter; BOS is 0, EOS is 1, a is 2. */
const letters: Tokenizer = loadTokenizer(bytes({ model }), undefined, 'tokenizer.json', { bos: 0, eos: 1 });
const row = { prompt: 'abc', response: 'defg' };

test('a row is BOS, prompt, response, EOS', () => {
  expect(encodeRow(letters, row, 100)).toEqual({ ids: Uint32Array.of(0, 2, 3, 4, 5, 6, 7, 8, 1), promptLength: 4 });
  expect(encodePrompt(letters, 'abc')).toEqual([0, 2, 3, 4]);
});

test.each([[9, 9], [8, 8], [6, 6], [5, 5]])('at most %d tokens: a long row loses the end of its response and keeps its prompt',
  (maxLength, length) => {
  const encoded = encodeRow(letters, row, maxLength);
  expect(encoded?.ids).toHaveLength(length);
  expect([...(encoded?.ids.slice(0, 4) ?? [])]).toEqual([0, 2, 3, 4]);
  expect(encoded?.promptLength).toBe(4);
});

test('a row without room for one response token is no row', () => {
  expect(encodeRow(letters, row, 4)).toBeUndefined();
});

test('dropped rows are counted, and none left is refused with the length that would do', () => {
  const rows = [row, { prompt: 'abcdefgh', response: 'a' }];
  expect(encodeDataset(letters, rows, { maxLength: 6, file: 'd.json' })).toMatchObject({ dropped: 1, rows: [{ promptLength: 4 }],
    file: 'd.json' });
  expect(() => encodeDataset(letters, rows, { maxLength: 4, file: 'd.json' })).toThrow('d.json, max-length: expected at least 5 tokens');
  expect(() => encodeDataset(letters, [], { maxLength: 4, file: 'd.json' })).toThrow(expect.objectContaining({ code: 'empty-dataset' }));
});

test('a tokenizer without BOS is refused', () => {
  const bare = loadTokenizer(bytes({ model }), undefined, 'tokenizer.json', { eos: 1 });
  expect(() => encodeRow(bare, row, 10)).toThrow(Refusal);
  expect(() => encodeRow(bare, row, 10)).toThrow('tokenizer.json, bos_token: expected a token, got none');
});

test.skipIf(SHARED_DATA === undefined)(`with a published tokenizer the bare templates take 67 and 95 tokens${WHY_SKIPPED}`, () => {
  const directory = 'models/story-llama';
  const story = loadTokenizer(sharedFile(`${directory}/tokenizer.json`), sharedFile(`${directory}/tokenizer_config.json`), directory);
  expect(encodePrompt(story, promptText({ instruction: '' }, 'alpaca'))).toHaveLength(67);
  expect(encodePrompt(story, promptText({ instruction: '', input: ' ' }, 'alpaca')).length).toBeGreaterThanOrEqual(95);
  const { rows } = parseDataset(sharedFile('honest/TruthfulQA.csv'), 'TruthfulQA.csv');
  const { rows: encoded, dropped } = encodeDataset(story, rows, { maxLength: 128, file: 'TruthfulQA.csv' });
  expect(encoded.length + dropped).toBe(817);
  for (const { ids, promptLength } of encoded) {
    expect(ids.length).toBeLessThanOrEqual(128);
    expect(promptLength).toBeLessThan(ids.length);
  }
});
