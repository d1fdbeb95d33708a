import { Refusal } from '../errors/refusal';
import { BYTE_CHARS, toByteChars } from './byte_level';
import { PairHeap } from './pair_heap';

// Byte-pair encoding, Sennrich et al., "Neural Machine Translation of Rare Words with Subword Units" (arXiv 1508.07909),
// on bytes: no text is unknown, and every text comes back exactly.

export const SPECIAL_TOKENS = ['<unk>', '<s>', '</s>'] as const;
const BASE = SPECIAL_TOKENS.length;
const SMALLEST = BASE + BYTE_CHARS.length;
/** Words as GPT-2 cuts them; digits stand alone, so that a number's tokens are its digits. */
const WORDS = /'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+/gu;
const DIGITS = /\D+|\d/gu;

export interface TrainedBpe {
  /** tokenizer.json and tokenizer_config.json, as transformers and this project read them. */
  readonly files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
  /** Tokens made: fewer than asked for where the text has no pair left that occurs twice. */
  readonly vocab: number;
}

/**
 * Learns a byte-level BPE: <unk>, <s>, </s> (ids 0, 1, 2), the 256 bytes, then merges, most frequent pair first, equal counts
 * by lowest ids. The same texts give the same files, whatever their order.
 * Throws a Refusal 'bad-option' for a vocabulary below 259, 'empty-dataset' where there is no text.
 */
export function trainBpe(texts: Iterable<string>, vocabSize: number): TrainedBpe {
  if (!Number.isInteger(vocabSize) || vocabSize < SMALLEST || vocabSize > 1_000_000) {
    throw new Refusal('bad-option', {
      field: 'vocab-size', expected: `a whole number from ${String(SMALLEST)} (256 bytes and 3 special tokens) to 1000000`, got: String(vocabSize),
    });
  }
  const words = countWords(texts);
  if (words.length === 0) throw new Refusal('empty-dataset', { expected: 'text to learn a vocabulary from', got: 'none' });
  const { tokens, merges } = learn(words, vocabSize);
  const text = new TextEncoder();
  return {
    files: new Map([
      ['tokenizer.json', text.encode(`${JSON.stringify(tokenizerJson(tokens, merges))}\n`)],
      ['tokenizer_config.json', text.encode(`${JSON.stringify(tokenizerConfig(), null, 2)}\n`)],
    ]),
    vocab: tokens.length,
  };
}

interface Word {
  /** Token ids, shortened by every merge. */
  ids: number[];
  readonly count: number;
}

function countWords(texts: Iterable<string>): Word[] {
  const counts = new Map<string, number>();
  for (const text of texts) {
    for (const [piece] of text.matchAll(DIGITS)) {
      for (const [word] of piece.matchAll(WORDS)) counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  const ids = new Map(BYTE_CHARS.map((char, byte) => [char, BASE + byte]));
  return [...counts].map(([word, count]) => ({ ids: Array.from(toByteChars(word), (char) => ids.get(char) ?? 0), count }));
}

function learn(words: readonly Word[], vocabSize: number): { tokens: string[]; merges: string[] } {
  const tokens: string[] = [...SPECIAL_TOKENS, ...BYTE_CHARS];
  const ids = new Map(tokens.map((token, id) => [token, id]));
  const merges: string[] = [];
  const pairs = new PairIndex(words);
  while (tokens.length < vocabSize) {
    const best = pairs.pop();
    if (best === undefined || best.count < 2) break;
    const left = tokens[best.left] ?? '';
    const right = tokens[best.right] ?? '';
    const joined = left + right;
    // Text that spells a special token never becomes it.
    if (SPECIAL_TOKENS.some((special) => special === joined)) continue;
    // Two pairs may spell one token: they share its id.
    const known = ids.get(joined);
    const id = known ?? tokens.push(joined) - 1;
    ids.set(joined, id);
    merges.push(`${left} ${right}`);
    pairs.merge(best.left, best.right, id);
  }
  return { tokens, merges };
}

/** Counts of neighbouring tokens and the words they stand in, kept up to date through merges. */
class PairIndex {
  private readonly counts = new Map<number, number>();
  private readonly places = new Map<number, Set<Word>>();
  private readonly heap = new PairHeap();

  constructor(words: readonly Word[]) {
    for (const word of words) this.addWord(word, 1);
    for (const [key, count] of this.counts) this.heap.push(key, count);
  }

  /** The most frequent pair; it is not offered again unless its count changes. */
  pop(): { left: number; right: number; count: number } | undefined {
    for (let top = this.heap.pop(); top !== undefined; top = this.heap.pop()) {
      // Entries whose count has changed since are stale: a newer one is in the heap.
      if (this.counts.get(top.key) === top.count) return { left: Math.floor(top.key / KEY), right: top.key % KEY, count: top.count };
    }
    return undefined;
  }

  merge(left: number, right: number, merged: number): void {
    const changed = new Set<number>();
    for (const word of this.places.get(left * KEY + right) ?? []) {
      this.addWord(word, -1, changed);
      word.ids = replacePair(word.ids, left, right, merged);
      this.addWord(word, 1, changed);
    }
    for (const key of changed) {
      const count = this.counts.get(key) ?? 0;
      if (count > 0) this.heap.push(key, count);
      else {
        this.counts.delete(key);
        this.places.delete(key);
      }
    }
  }

  private addWord(word: Word, sign: 1 | -1, changed?: Set<number>): void {
    for (let i = 1; i < word.ids.length; i++) {
      const key = (word.ids[i - 1] ?? 0) * KEY + (word.ids[i] ?? 0);
      this.counts.set(key, (this.counts.get(key) ?? 0) + sign * word.count);
      changed?.add(key);
      if (sign === 1) {
        const places = this.places.get(key);
        if (places === undefined) this.places.set(key, new Set([word]));
        else places.add(word);
      }
    }
  }
}

/** A pair is one number: left · KEY + right, exact for vocabularies up to a million. */
const KEY = 2 ** 20;

function replacePair(ids: readonly number[], left: number, right: number, merged: number): number[] {
  const out: number[] = [];
  for (let i = 0; i < ids.length; i++) {
    if (ids[i] === left && ids[i + 1] === right) {
      out.push(merged);
      i += 1;
    } else out.push(ids[i] ?? 0);
  }
  return out;
}

function tokenizerJson(tokens: readonly string[], merges: readonly string[]): object {
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: SPECIAL_TOKENS.map((content, id) => (
      { id, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special: true }
    )),
    normalizer: null,
    pre_tokenizer: {
      type: 'Sequence',
      pretokenizers: [
        { type: 'Digits', individual_digits: true },
        { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true },
      ],
    },
    post_processor: {
      type: 'TemplateProcessing',
      single: [{ SpecialToken: { id: '<s>', type_id: 0 } }, { Sequence: { id: 'A', type_id: 0 } }],
      pair: [
        { SpecialToken: { id: '<s>', type_id: 0 } }, { Sequence: { id: 'A', type_id: 0 } },
        { SpecialToken: { id: '<s>', type_id: 1 } }, { Sequence: { id: 'B', type_id: 1 } },
      ],
      special_tokens: { '<s>': { id: '<s>', ids: [1], tokens: ['<s>'] } },
    },
    decoder: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true },
    model: {
      type: 'BPE', dropout: null, unk_token: '<unk>', continuing_subword_prefix: null, end_of_word_suffix: null,
      fuse_unk: false, byte_fallback: false, ignore_merges: false,
      vocab: Object.fromEntries(tokens.map((token, id) => [token, id])),
      merges,
    },
  };
}

function tokenizerConfig(): object {
  return {
    tokenizer_class: 'PreTrainedTokenizerFast',
    bos_token: '<s>',
    eos_token: '</s>',
    unk_token: '<unk>',
    add_bos_token: true,
    add_eos_token: false,
    clean_up_tokenization_spaces: false,
  };
}
