import { Tokenizer as LibraryTokenizer } from '@huggingface/tokenizers';
import { Refusal } from '../errors/refusal';
import { decodeUtf8, isJsonMap, parseJson, type JsonMap, type JsonValue } from '../formats/json';
import { fromByteChars } from './byte_level';
import { TextStream } from './text_stream';
import { checkTokenizer, type TokenizerFacts } from './tokenizer_check';

const MAX_BYTES = 100_000_000;
const NO_SETTINGS: JsonObject = { map: new Map<string, JsonValue>(), plain: {} };

/** One JSON object twice: as a Map for us, as a plain object for the library. */
interface JsonObject {
  readonly map: JsonMap;
  readonly plain: object;
}

export interface SpecialIds {
  readonly bos?: number;
  readonly eos?: number;
}

export interface Tokenizer extends SpecialIds {
  readonly file: string;
  /** Highest id + 1. A model's embedding may have more rows. */
  readonly vocab: number;
  readonly pad?: number;
  /** With `addSpecial` as the file's template says: BOS in front, for Llamas. */
  encode(text: string, options: { readonly addSpecial: boolean }): number[];
  /** Special tokens and ids beyond the vocabulary give no text. */
  decode(ids: readonly number[]): string;
  /** One token as a person reads it: with its space, special tokens by name, half a character as U+FFFD. */
  tokenText(id: number): string;
  stream(): TextStream;
}

/**
 * Reads tokenizer.json, and tokenizer_config.json where there is one, which names BOS, EOS and padding; `fallback` stands
 * in for the first two (a model's config.json has them). Throws a Refusal 'bad-tokenizer' that names the field.
 */
export function loadTokenizer(json: Uint8Array, config: Uint8Array | undefined, file: string, fallback: SpecialIds = {}): Tokenizer {
  const { map, plain } = readObject(json, file);
  const settings = config === undefined ? NO_SETTINGS : readObject(config, `${file} (tokenizer_config.json)`);
  const facts = checkTokenizer(map, file);
  const library = construct(plain, settings, file);
  const special = (key: string): number | undefined => {
    const value = settings.map.get(key);
    const content = isJsonMap(value) ? value.get('content') : value;
    return typeof content === 'string' ? facts.ids.get(content) : undefined;
  };
  const ids = { bos: special('bos_token') ?? fallback.bos, eos: special('eos_token') ?? fallback.eos, pad: special('pad_token') };
  const decode = (list: readonly number[]): string => {
    const known = list.filter((id) => id !== ids.bos && id !== ids.eos && library.id_to_token(id) !== undefined);
    return known.length === 0 ? '' : library.decode(known, { skip_special_tokens: true });
  };
  return {
    file,
    vocab: facts.vocab,
    ...(ids.bos === undefined ? {} : { bos: ids.bos }),
    ...(ids.eos === undefined ? {} : { eos: ids.eos }),
    ...(ids.pad === undefined ? {} : { pad: ids.pad }),
    encode: (text, { addSpecial }) => library.encode(text, { add_special_tokens: addSpecial }).ids,
    decode,
    tokenText: (id) => readable(library.id_to_token(id) ?? '', facts),
    stream: () => new TextStream(decode),
  };
}

function readObject(bytes: Uint8Array, file: string): JsonObject {
  if (bytes.length > MAX_BYTES) {
    throw new Refusal('bad-tokenizer', { file, expected: `at most ${String(MAX_BYTES)} bytes`, got: String(bytes.length) });
  }
  const text = decodeUtf8(bytes, { file, code: 'bad-tokenizer' }).replace(/^\uFEFF/, '');
  const map = parseJson(text, { file, code: 'bad-tokenizer', lines: true });
  if (!isJsonMap(map)) throw new Refusal('bad-tokenizer', { file, expected: 'a JSON object', got: 'another value' });
  return { map, plain: JSON.parse(text) as object };
}

function construct(plain: object, settings: JsonObject, file: string): LibraryTokenizer {
  try {
    // The library asks for every section by name and tidies spaces unless told not to.
    const sections = { normalizer: null, pre_tokenizer: null, post_processor: null, decoder: null, added_tokens: [] };
    const tidy = settings.map.get('clean_up_tokenization_spaces') === true;
    return new LibraryTokenizer({ ...sections, ...plain }, { ...settings.plain, clean_up_tokenization_spaces: tidy });
  } catch (error) {
    throw new Refusal('bad-tokenizer', {
      file, expected: 'a tokenizer that can be built', got: error instanceof Error ? error.message : String(error),
      fix: 'pick a model with a plain tokenizer.json',
    });
  }
}

function readable(token: string, { added, byteLevel }: TokenizerFacts): string {
  if (added.has(token)) return token;
  if (byteLevel) return fromByteChars(token);
  const byte = /^<0x([0-9A-F]{2})>$/.exec(token)?.[1];
  if (byte === undefined) return token.replaceAll('▁', ' ');
  const value = Number.parseInt(byte, 16);
  return value < 0x80 ? String.fromCharCode(value) : '\uFFFD';
}
