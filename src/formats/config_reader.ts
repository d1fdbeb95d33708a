import { Refusal } from '../errors/refusal';
import { isJsonArray, isJsonMap, type JsonMap, type JsonValue } from './json';

/** config.json gives nothing near this; a larger number is a lie that would only fail later, in an allocation. */
const MAX_SIZE = 2 ** 31 - 1;

/** Reads one fact of a config.json at a time, and refuses it by name. */
export class ConfigReader {
  constructor(
    private readonly map: JsonMap,
    private readonly file: string,
  ) {}

  get(key: string): JsonValue | undefined {
    return this.map.get(key);
  }

  /** A whole number from 1; the default stands for a missing key and for null. */
  size(key: string, fallback?: number): number {
    const value = this.map.get(key) ?? fallback ?? null;
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 1 || value > MAX_SIZE) {
      throw this.bad(key, 'a whole number from 1', show(value));
    }
    return value;
  }

  positive(key: string, fallback: number): number {
    const value = this.map.get(key) ?? fallback;
    if (typeof value !== 'number' || !(value > 0) || !Number.isFinite(value)) throw this.bad(key, 'a number above 0', show(value));
    return value;
  }

  flag(key: string): boolean {
    const value = this.map.get(key) ?? false;
    if (typeof value !== 'boolean') throw this.bad(key, 'true or false', show(value));
    return value;
  }

  /** Token ids: a number, a list or nothing. */
  tokens(key: string, vocab: number): number[] {
    const value = this.map.get(key) ?? [];
    const ids = isJsonArray(value) ? value : [value];
    return ids.map((id) => {
      if (typeof id !== 'number' || !Number.isInteger(id) || id < 0 || id >= vocab) {
        throw this.bad(key, `token ids below vocab_size ${String(vocab)}`, show(value));
      }
      return id;
    });
  }

  bad(field: string, expected: string, got: string, fix?: string): Refusal {
    return new Refusal('bad-config', { file: this.file, field, expected, got, ...(fix === undefined ? {} : { fix }) });
  }
}

/** A value as one short piece of a sentence. */
export function show(value: JsonValue): string {
  if (isJsonMap(value)) return 'an object';
  if (isJsonArray(value)) return `a list of ${String(value.length)}`;
  const text = typeof value === 'string' ? value : String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
