import { Refusal } from '../errors/refusal';
import type { EncodedDataset, EncodedRow, Row } from './rows';
import type { Tokenizer } from './tokenizer';

/**
 * A row as BOS + prompt + response + EOS, at most `maxLength` tokens. A row that is too long loses the end of its response
 * (and EOS with it), never its prompt. Undefined where no response token is left. Prompt and response are encoded apart, so
 * that the prompt's tokens are those of generation. Throws a Refusal 'bad-tokenizer' where the tokenizer has no BOS or EOS.
 */
export function encodeRow(tokenizer: Tokenizer, row: Pick<Row, 'prompt' | 'response'>, maxLength: number): EncodedRow | undefined {
  const prompt = encodePrompt(tokenizer, row.prompt);
  if (prompt.length >= maxLength) return undefined;
  const response = tokenizer.encode(row.response, { addSpecial: false });
  if (response.length === 0) return undefined;
  const ids = [...prompt, ...response, special(tokenizer, 'eos')].slice(0, maxLength);
  return { ids: Uint32Array.from(ids), promptLength: prompt.length };
}

/** BOS + prompt: what generation starts from. */
export function encodePrompt(tokenizer: Tokenizer, prompt: string): number[] {
  return [special(tokenizer, 'bos'), ...tokenizer.encode(prompt, { addSpecial: false })];
}

/**
 * All rows. Those without a response token left are dropped and counted.
 * Throws a Refusal 'bad-dataset' where none is left, 'empty-dataset' where there was none.
 */
export function encodeDataset(
  tokenizer: Tokenizer,
  rows: readonly Pick<Row, 'prompt' | 'response'>[],
  { maxLength, file }: { readonly maxLength: number; readonly file: string },
): EncodedDataset {
  if (rows.length === 0) throw new Refusal('empty-dataset', {
    file, expected: 'at least one row', got: 'none', fix: 'give a larger dataset',
  });
  const encoded = rows.map((row) => encodeRow(tokenizer, row, maxLength)).filter((row) => row !== undefined);
  if (encoded.length === 0) {
    const shortest = rows.reduce((least, row) => Math.min(least, encodePrompt(tokenizer, row.prompt).length), Infinity);
    throw new Refusal('bad-dataset', {
      file, field: 'max-length', expected: `at least ${String(shortest + 1)} tokens, so that a response follows the shortest prompt`,
      got: String(maxLength),
      fix: 'raise --max-length or shorten the prompts',
    });
  }
  return { rows: encoded, dropped: rows.length - encoded.length, file };
}

function special(tokenizer: Tokenizer, name: 'bos' | 'eos'): number {
  const id = tokenizer[name];
  if (id === undefined) {
    throw new Refusal('bad-tokenizer', {
      file: tokenizer.file, field: `${name}_token`, expected: 'a token', got: 'none',
      fix: `name it in tokenizer_config.json, or ${name}_token_id in config.json`,
    });
  }
  return id;
}
