import { Refusal } from '../errors/refusal';
import { isJsonArray, type JsonMap, type JsonValue } from './json';
import { show } from './show';

/** Most that a size may be, and why. */
export interface Limit {
  readonly most: number;
  readonly why: string;
}

/** Reads one fact of a config.json at a time, and refuses it by name. */
export class ConfigReader {
  constructor(
    private readonly map: JsonMap,
    private readonly file: string,
  ) {}

  get(key: string): JsonValue | undefined {
    return this.map.get(key);
  }

  /** A whole number from 1 to the limit; the default stands for a missing key and for null. */
  size(key: string, { most, why }: Limit, fallback?: number): number {
    const value = this.map.get(key) ?? fallback ?? null;
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 1) throw this.bad(key, 'a whole number from 1', show(value));
    if (value > most) throw this.bad(key, `at most ${String(most)}, ${why}`, show(value), 'pick a smaller model, or correct the number');
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
