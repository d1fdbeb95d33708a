import { describe, expect, test } from 'vitest';
import { Refusal } from '../errors/refusal';
import { SHARED_DATA, sharedFile, WHY_SKIPPED } from '../testing/shared_data';
import { trainBpe } from './bpe';
import { loadTokenizer, type Tokenizer } from './tokenizer';

const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));
const model = { type: 'BPE', vocab: { '<unk>': 0, a: 1, b: 2, ab: 3 }, merges: ['a b'], unk_token: '<unk>' };
const load = (json: unknown): Tokenizer => loadTokenizer(bytes(json), undefined, 'tokenizer.json');

test('a minimal file with only a model encodes and decodes', () => {
  const tokenizer = load({ model });
  expect(tokenizer.encode('abb', { addSpecial: false })).toEqual([3, 2]);
  expect(tokenizer.vocab).toBe(4);
});

test('BOS, EOS and padding come from tokenizer_config.json, as text or object; the fallback stands in for the first two', () => {
  const json = bytes({ model, added_tokens: [{ id: 9, content: '<s>', special: true }] });
  const config = bytes({ bos_token: { content: '<s>' }, pad_token: '<unk>' });
  expect(loadTokenizer(json, config, 'f', { bos: 1, eos: 2 })).toMatchObject({ bos: 9, eos: 2, pad: 0, vocab: 10 });
  expect(loadTokenizer(json, undefined, 'f')).not.toHaveProperty('bos');
});

test('ids beyond the vocabulary decode to nothing', () => {
  expect(load({ model }).decode([])).toBe('');
  expect(load({ model }).decode([77])).toBe('');
  expect(load({ model }).tokenText(77)).toBe('');
});

describe('refused with one sentence:', () => {
  const hostile = { type: 'Split', pattern: { Regex: '(a+)+$' }, behavior: 'Isolated' };
  test.each<[string, unknown, string]>([
    ['no JSON', '{"model":', 'tokenizer.json at line 1: expected a JSON value, got the end of the text'],
    ['a list', [], 'expected a JSON object'],
    ['no model', {}, 'tokenizer.json, model: expected an object, got none'],
    ['no vocabulary', { model: { ...model, vocab: {} } }, 'model.vocab: expected tokens with their ids, got none'],
    ['a token twice', '{"model":{"type":"BPE","merges":[],"vocab":{"a":0,"a":1}}}', 'expected every key once, got "a" twice'],
    ['an id twice', { model: { ...model, vocab: { a: 0, b: 0 } } }, 'model.vocab["b"]: expected an id of its own, got 0, the id of "a"'],
    ['a fractional id', { model: { ...model, vocab: { a: 0.5 } } }, 'model.vocab["a"]: expected an id from 0, got 0.5'],
    ['an id of 10^15', { model: { ...model, vocab: { a: 1e15 } } }, 'model.vocab["a"]: expected an id from 0'],
    ['a merge of an unknown token', { model: { ...model, merges: ['a b', 'a x'] } },
      'model.merges[1]: expected tokens of the vocabulary, got "x"'],
    ['a merge into an unknown token', { model: { ...model, merges: [['b', 'a']] } },
      'model.merges[0]: expected tokens of the vocabulary, got "ba"'],
    ['a merge of three', { model: { ...model, merges: ['a b c'] } }, 'model.merges[0]: expected two tokens'],
    ['no merges', { model: { ...model, merges: undefined } }, 'model.merges: expected a list, got none'],
    ['an unknown token that is none', { model: { ...model, unk_token: '<x>' } }, 'model.unk_token: expected a token of the vocabulary'],
    ['an added token without id', { model, added_tokens: [{ content: 'x' }] }, 'added_tokens[0].id: expected an id from 0, got none'],
    ['a regex that may never end', { model, pre_tokenizer: { type: 'Sequence', pretokenizers: [hostile] } },
      'pre_tokenizer.pretokenizers[0].pattern.Regex: expected a pattern that surely ends'],
    ['a part that the library does not know', { model, normalizer: { type: 'Magic' } }, 'expected a tokenizer that can be built'],
    ['a model of unknown type', { model: { ...model, type: 'Magic' } }, 'model.type: expected BPE, Unigram or WordPiece, got Magic'],
  ])('%s', (_, json, sentence) => {
    expect(() => load(json)).toThrow(Refusal);
    expect(() => load(json)).toThrow(sentence);
  });
});

test('__proto__ in a vocabulary pollutes nothing', () => {
  load('{"model":{"type":"BPE","vocab":{"__proto__":0,"a":1},"merges":[]}}');
  expect(({} as Record<string, unknown>).a).toBeUndefined();
});

const TEXT = 'Ein Wort, two words; 数字 42 — 😀😀 👩‍👩‍👧, naïve\n\n\tend  ';

/** Streams the ids and returns the pieces. */
function streamed(tokenizer: Tokenizer, ids: readonly number[]): string[] {
  const stream = tokenizer.stream();
  return [...ids.map((id) => stream.push(id)), stream.flush()];
}

test('a stream shows characters of several tokens whole and gives the whole text', () => {
  const { files } = trainBpe(['a few words'], 259);
  const tokenizer = loadTokenizer(files.get('tokenizer.json') ?? new Uint8Array(), files.get('tokenizer_config.json'), 'f');
  const pieces = streamed(tokenizer, tokenizer.encode(TEXT, { addSpecial: true }));
  expect(pieces.join('')).toBe(TEXT);
  expect(pieces.some((piece) => piece.includes('\uFFFD'))).toBe(false);
});

test('a stream ends with what is there when a character stays incomplete', () => {
  const { files } = trainBpe(['a few words'], 259);
  const tokenizer = loadTokenizer(files.get('tokenizer.json') ?? new Uint8Array(), undefined, 'f');
  const half = tokenizer.encode('é', { addSpecial: false }).slice(0, 1);
  expect(streamed(tokenizer, half)).toEqual(['', '\uFFFD']);
});

describe.skipIf(SHARED_DATA === undefined)(`published tokenizers${WHY_SKIPPED}`, () => {
  const published = (directory: string): Tokenizer =>
    loadTokenizer(sharedFile(`${directory}/tokenizer.json`), sharedFile(`${directory}/tokenizer_config.json`), directory);

  test('story-llama gives the known ids and reads them back, whole and as a stream', () => {
    const tokenizer = published('models/story-llama');
    const ids = tokenizer.encode('Once upon a time', { addSpecial: true });
    expect(ids).toEqual([1, 80, 147, 201, 282, 57]);
    expect(tokenizer.decode(ids)).toBe('Once upon a time');
    expect(streamed(tokenizer, ids).join('')).toBe('Once upon a time');
    expect(ids.map((id) => tokenizer.tokenText(id))).toEqual(['<|start_story|>', ' ', 'On', 'ce ', 'upon a tim', 'e']);
    expect(tokenizer).toMatchObject({ vocab: 2048, bos: 1, eos: 2, pad: 0 });
  });

  test('byte fallback streams whole characters', () => {
    const tokenizer = published('tokenizers/phi3-llama2-32k');
    const ids = tokenizer.encode(TEXT, { addSpecial: true });
    expect(tokenizer.decode(ids)).toBe(TEXT);
    expect(streamed(tokenizer, ids).join('')).toBe(TEXT);
  });

  test('the 47 golden cases of llama.cpp agree with the Llama-2 vocabulary', () => {
    const tokenizer = published('tokenizers/phi3-llama2-32k');
    const golden = (kind: string): string =>
      new TextDecoder().decode(sharedFile(`tokenizers/llama-spm-golden/ggml-vocab-llama-spm.gguf.${kind}`));
    const texts = golden('inp').split('\n__ggml_vocab_test__\n');
    const ids = golden('out').split('\n').map((line) => line.trim().split(/\s+/).filter((id) => id !== '').map(Number));
    expect(texts).toHaveLength(47);
    expect(texts.map((text) => tokenizer.encode(text, { addSpecial: false }))).toEqual(ids.slice(0, 47));
  });

  test('a Llama 3 fixture without normaliser, post-processor or special ids in range loads', () => {
    const tokenizer = loadTokenizer(sharedFile('tokenizers/mini_llama/mini_llama.json'), undefined, 'mini_llama');
    expect(tokenizer.decode(tokenizer.encode("Hello world's café", { addSpecial: false }))).toBe("Hello world's café");
    expect(tokenizer.vocab).toBe(128002);
  });
});
