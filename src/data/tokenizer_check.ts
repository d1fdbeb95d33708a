import { Refusal } from '../errors/refusal';
import { isJsonArray, isJsonMap, type JsonMap, type JsonValue } from '../formats/json';
import { show } from '../formats/show';
import { regexHazard } from './regex_safety';

/** Above any vocabulary in use; an id beyond it would make the library allocate an array up to there. */
const MAX_ID = 10_000_000;
const SECTIONS = ['normalizer', 'pre_tokenizer', 'decoder', 'post_processor'] as const;

export interface TokenizerFacts {
  /** Highest id + 1. */
  readonly vocab: number;
  readonly ids: ReadonlyMap<string, number>;
  readonly added: ReadonlySet<string>;
  /** Tokens are written in byte characters. */
  readonly byteLevel: boolean;
}

/** Checks a tokenizer.json before the library sees it. Throws a Refusal 'bad-tokenizer' that names the field. */
export function checkTokenizer(json: JsonMap, file: string): TokenizerFacts {
  const bad = (field: string, expected: string, got: string): Refusal =>
    new Refusal('bad-tokenizer', { file, field, expected, got, fix: 'download the tokenizer again' });
  const model = json.get('model');
  if (!isJsonMap(model)) throw bad('model', 'an object', 'none');
  const type = model.get('type');
  // Files from before the type was written hold BPE; the library sees it by the merges.
  if (type !== undefined && type !== 'BPE' && type !== 'Unigram' && type !== 'WordPiece') {
    throw bad('model.type', 'BPE, Unigram or WordPiece', show(type));
  }
  const ids = readVocab(model.get('vocab'), bad);
  checkMerges(model, ids, bad);
  const unknown = model.get('unk_token') ?? null;
  if (unknown !== null && (typeof unknown !== 'string' || !ids.has(unknown))) {
    throw bad('model.unk_token', 'a token of the vocabulary', show(unknown));
  }
  const added = addAdded(json.get('added_tokens') ?? [], ids, bad);
  for (const section of SECTIONS) checkPatterns(json.get(section) ?? null, section, bad);
  checkTemplate(json.get('post_processor'), bad);
  const vocab = [...ids.values()].reduce((highest, id) => Math.max(highest, id), -1) + 1;
  return { vocab, ids, added, byteLevel: names(json.get('decoder'), 'ByteLevel') };
}

type Bad = (field: string, expected: string, got: string) => Refusal;

function readVocab(vocab: JsonValue | undefined, bad: Bad): Map<string, number> {
  // Unigram models hold pairs of token and score, the others an object of ids.
  const pairs: (readonly [JsonValue | undefined, JsonValue | undefined])[] = isJsonArray(vocab)
    ? vocab.map((pair, id) => [isJsonArray(pair) ? pair[0] : undefined, id])
    : isJsonMap(vocab) ? [...vocab] : [];
  if (pairs.length === 0) throw bad('model.vocab', 'tokens with their ids', 'none');
  const ids = new Map<string, number>();
  const tokens = new Map<number, string>();
  for (const [token, id] of pairs) {
    if (typeof token !== 'string') throw bad('model.vocab', 'texts as tokens', show(token));
    if (!isId(id)) throw bad(`model.vocab[${JSON.stringify(token)}]`, 'an id from 0', show(id));
    const other = tokens.get(id);
    if (other !== undefined) {
      throw bad(`model.vocab[${JSON.stringify(token)}]`, 'an id of its own', `${String(id)}, the id of ${JSON.stringify(other)}`);
    }
    ids.set(token, id);
    tokens.set(id, token);
  }
  return ids;
}

/** A merge joins two known tokens into a known one; it is written "a b" or ["a", "b"]. */
function checkMerges(model: JsonMap, ids: ReadonlyMap<string, number>, bad: Bad): void {
  const merges = model.get('merges');
  if (merges === undefined && model.get('type') !== 'BPE') return;
  if (!isJsonArray(merges)) throw bad('model.merges', 'a list', show(merges));
  const prefix = model.get('continuing_subword_prefix');
  const skip = typeof prefix === 'string' ? prefix.length : 0;
  merges.forEach((merge, i) => {
    const field = `model.merges[${String(i)}]`;
    const pair = typeof merge === 'string' ? merge.split(' ') : isJsonArray(merge) ? merge : [];
    const [left, right] = pair;
    if (pair.length !== 2 || typeof left !== 'string' || typeof right !== 'string') throw bad(field, 'two tokens', show(merge));
    const missing = [left, right, left + right.slice(skip)].find((token) => !ids.has(token));
    if (missing !== undefined) throw bad(field, 'tokens of the vocabulary', JSON.stringify(missing));
  });
}

/** Adds the added tokens to `ids`; the library takes their ids over those of the vocabulary. */
function addAdded(list: JsonValue, ids: Map<string, number>, bad: Bad): Set<string> {
  if (!isJsonArray(list)) throw bad('added_tokens', 'a list', show(list));
  const added = new Set<string>();
  list.forEach((item, i) => {
    const content = isJsonMap(item) ? item.get('content') : undefined;
    const id = isJsonMap(item) ? item.get('id') : undefined;
    if (typeof content !== 'string' || content === '') throw bad(`added_tokens[${String(i)}].content`, 'a text', show(content));
    if (!isId(id)) throw bad(`added_tokens[${String(i)}].id`, 'an id from 0', show(id));
    ids.set(content, id);
    added.add(content);
  });
  return added;
}

/** Every regular expression anywhere in a section must be one that ends. */
function checkPatterns(value: JsonValue, path: string, bad: Bad): void {
  if (isJsonArray(value)) value.forEach((item, i) => { checkPatterns(item, `${path}[${String(i)}]`, bad); });
  if (!isJsonMap(value)) return;
  for (const [key, item] of value) {
    const hazard = key === 'Regex' && typeof item === 'string' ? regexHazard(item) : undefined;
    if (hazard !== undefined) throw bad(`${path}.Regex`, 'a pattern that surely ends', hazard);
    checkPatterns(item, `${path}.${key}`, bad);
  }
}

function checkTemplate(processor: JsonValue | undefined, bad: Bad): void {
  const specials = isJsonMap(processor) ? processor.get('special_tokens') : undefined;
  if (!isJsonMap(specials)) return;
  for (const [name, special] of specials) {
    const list = isJsonMap(special) ? special.get('ids') : undefined;
    if (!isJsonArray(list) || !list.every(isId)) throw bad(`post_processor.special_tokens.${name}`, 'token ids', show(list));
  }
}

/** Whether a part of that type stands anywhere in a section. */
function names(value: JsonValue | undefined, type: string): boolean {
  if (isJsonArray(value)) return value.some((item) => names(item, type));
  return isJsonMap(value) && (value.get('type') === type || [...value.values()].some((item) => names(item, type)));
}

function isId(value: JsonValue | undefined): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MAX_ID;
}
