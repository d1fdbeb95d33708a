import { Refusal } from '../errors/refusal';
import { SPECIAL_TOKENS, tokenizerConfig, tokenizerJson } from './bpe_files';
import { BYTE_CHARS, toByteChars } from './byte_level';
import { PairIndex, type Word } from './pair_index';

// Byte-pair encoding, Sennrich et al., "Neural Machine Translation of Rare Words with Subword Units" (arXiv 1508.07909),
// on bytes: no text is unknown, and every text comes back exactly.

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
      field: 'vocab-size', expected: `a whole number from ${String(SMALLEST)} (256 bytes and 3 special tokens) to 1000000`,
      got: String(vocabSize),
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
