import { Refusal, type RefusalCode } from '../errors/refusal';

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonMap;
/** Objects of untrusted files are Maps: `__proto__` is a key like any other and pollutes nothing. */
export type JsonMap = ReadonlyMap<string, JsonValue>;

export interface JsonRules {
  readonly file: string;
  readonly code: RefusalCode;
  /** Added to every offset that is reported: where the text begins in its file. */
  readonly base?: number;
  /** Every number must be written as digits alone and be at most 2^53 − 1. */
  readonly wholeNumbers?: boolean;
  /** Report lines (counted from 1) in place of bytes. */
  readonly lines?: boolean;
}

// Deep nesting would overflow the stack of a recursive parser; no real file comes near.
const MAX_DEPTH = 200;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WHOLE = /^(?:0|[1-9]\d*)$/;
const LITERALS: readonly (readonly [string, JsonValue])[] = [['true', true], ['false', false], ['null', null]];
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'], ['\\', '\\'], ['/', '/'], ['b', '\b'], ['f', '\f'], ['n', '\n'], ['r', '\r'], ['t', '\t'],
]);

/**
 * Strict JSON (RFC 8259) that also refuses what JSON.parse lets pass unseen: a key that stands twice in one object.
 * Throws a Refusal with the rules' code, naming file and place.
 */
export function parseJson(text: string, rules: JsonRules): JsonValue {
  const parser = new JsonParser(text, rules);
  const value = parser.value(0);
  parser.end();
  return value;
}

export function isJsonMap(value: JsonValue | undefined): value is JsonMap {
  return value instanceof Map;
}

export function isJsonArray(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** UTF-8 bytes as text; a byte-order mark stays in it. Anything else than UTF-8 is refused. */
export function decodeUtf8(bytes: Uint8Array, rules: JsonRules): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Refusal(rules.code, { file: rules.file, expected: 'UTF-8 text', got: 'bytes that are not UTF-8', fix: 'save it as UTF-8' });
  }
}

class JsonParser {
  private at = 0;

  constructor(
    private readonly text: string,
    private readonly rules: JsonRules,
  ) {}

  value(depth: number): JsonValue {
    if (depth > MAX_DEPTH) this.refuse(`at most ${String(MAX_DEPTH)} levels of nesting`, 'more');
    this.space();
    const char = this.text[this.at];
    if (char === '{') return this.object(depth);
    if (char === '[') return this.array(depth);
    if (char === '"') return this.string();
    for (const [word, value] of LITERALS) {
      if (this.text.startsWith(word, this.at)) {
        this.at += word.length;
        return value;
      }
    }
    return this.number();
  }

  end(): void {
    this.space();
    if (this.at < this.text.length) this.refuse('the end of the JSON text', this.seen());
  }

  private object(depth: number): JsonMap {
    const map = new Map<string, JsonValue>();
    this.at += 1;
    this.space();
    if (this.take('}')) return map;
    do {
      this.space();
      if (this.text[this.at] !== '"') this.refuse('a key in quotes', this.seen());
      const start = this.at;
      const key = this.string();
      if (map.has(key)) {
        this.at = start;
        this.refuse('every key once', `${JSON.stringify(key)} twice`);
      }
      this.space();
      if (!this.take(':')) this.refuse('":"', this.seen());
      map.set(key, this.value(depth + 1));
      this.space();
    } while (this.take(','));
    if (!this.take('}')) this.refuse('"," or "}"', this.seen());
    return map;
  }

  private array(depth: number): JsonValue[] {
    const items: JsonValue[] = [];
    this.at += 1;
    this.space();
    if (this.take(']')) return items;
    do {
      items.push(this.value(depth + 1));
      this.space();
    } while (this.take(','));
    if (!this.take(']')) this.refuse('"," or "]"', this.seen());
    return items;
  }

  private string(): string {
    let value = '';
    let start = ++this.at;
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (Number.isNaN(code)) this.refuse('a closing quote', 'the end of the text');
      if (code < 0x20) this.refuse('control characters to be escaped', `U+${code.toString(16).padStart(4, '0')}`);
      if (code === 0x22) break;
      if (code !== 0x5c) {
        this.at += 1;
        continue;
      }
      value += this.text.slice(start, this.at);
      this.at += 1;
      value += this.escape();
      start = this.at;
    }
    value += this.text.slice(start, this.at);
    this.at += 1;
    return value;
  }

  private escape(): string {
    const char = this.text[this.at] ?? '';
    if (char === 'u') {
      const digits = this.text.slice(this.at + 1, this.at + 5);
      if (!/^[0-9a-fA-F]{4}$/.test(digits)) this.refuse('four hexadecimal digits after \\u', JSON.stringify(digits));
      this.at += 5;
      return String.fromCharCode(Number.parseInt(digits, 16));
    }
    const plain = ESCAPES.get(char);
    if (plain === undefined) this.refuse('an escape that JSON knows', JSON.stringify(`\\${char}`));
    this.at += 1;
    return plain;
  }

  private number(): number {
    NUMBER.lastIndex = this.at;
    const digits = NUMBER.exec(this.text)?.[0];
    if (digits === undefined) this.refuse('a JSON value', this.seen());
    const value = Number(digits);
    if (this.rules.wholeNumbers === true && !(WHOLE.test(digits) && Number.isSafeInteger(value))) {
      this.refuse('a whole number from 0 to 2^53 − 1', digits.slice(0, 40));
    }
    this.at += digits.length;
    return value;
  }

  private space(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.at += 1;
    }
  }

  private take(char: string): boolean {
    if (this.text[this.at] !== char) return false;
    this.at += 1;
    return true;
  }

  private seen(): string {
    const char = this.text.slice(this.at, this.at + 1);
    return char === '' ? 'the end of the text' : JSON.stringify(char);
  }

  private refuse(expected: string, got: string): never {
    const { file, code, base = 0, lines = false } = this.rules;
    throw new Refusal(code, {
      file,
      offset: lines ? lineAt(this.text, this.at) : base + new TextEncoder().encode(this.text.slice(0, this.at)).length,
      offsetUnit: lines ? 'line' : 'byte',
      expected,
      got,
    });
  }
}

/** The line of a character, counted from 1. */
export function lineAt(text: string, at: number): number {
  let line = 1;
  for (let i = text.indexOf('\n'); i !== -1 && i < at; i = text.indexOf('\n', i + 1)) line += 1;
  return line;
}
