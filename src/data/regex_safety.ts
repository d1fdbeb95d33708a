/** Longest pattern of a tokenizer file; the longest in wide use has some 500 characters. */
const MAX_LENGTH = 2000;
/** Unbounded repeats in one alternative, e.g. `\s*[\r\n]+` has two. Each may multiply the time by the text's length. */
const MAX_REPEATS = 4;
/** A counted repeat above this is as good as unbounded. */
const MAX_COUNT = 10;
const AMBIGUOUS = 'a repeated group that itself repeats or has alternatives';

interface Group {
  /** Can match one text in more than one way: it holds a repeat of changing length, or alternatives. */
  ambiguous: boolean;
  /** Unbounded repeats of the alternative that is being read. */
  repeats: number;
}

/**
 * Why a pattern from an untrusted file may run without end, or undefined. A backtracking engine takes exponential time only
 * where a repeated group can match one text in two ways; such groups are refused, and so are chains of many repeats, which
 * take polynomial time. Reads the pattern once, from left to right; stricter than need be, but not for patterns in use.
 */
export function regexHazard(pattern: string): string | undefined {
  if (pattern.length > MAX_LENGTH) return `${String(pattern.length)} characters`;
  const outer: Group[] = [];
  let group: Group = { ambiguous: false, repeats: 0 };
  let closed: Group | undefined;
  for (let i = 0; i < pattern.length; i++) {
    const repeat = readRepeat(pattern, i);
    if (repeat !== undefined) {
      if (closed?.ambiguous === true && repeat.most > 1) return AMBIGUOUS;
      if (repeat.changes) group.ambiguous = true;
      if (repeat.most > MAX_COUNT) group.repeats += 1;
      if (group.repeats > MAX_REPEATS) return 'too many unbounded repeats in a row';
      i = repeat.end - 1;
      const next = pattern[i + 1];
      // A plus after a counted repeat repeats it again; it is harmless only where nothing can fail after it.
      const last = outer.length === 0 && (i + 2 >= pattern.length || pattern[i + 2] === '|');
      if (repeat.counted && repeat.changes && next === '+' && !last) return AMBIGUOUS;
      if (next === '*' || next === '{') return AMBIGUOUS;
      // Lazy or possessive: the same repeat.
      if (next === '?' || next === '+') i += 1;
      closed = undefined;
      continue;
    }
    closed = undefined;
    const char = pattern[i];
    if (char === '\\') i += 1;
    else if (char === '[') i = classEnd(pattern, i);
    else if (char === '(') {
      outer.push(group);
      group = { ambiguous: false, repeats: 0 };
      if (pattern[i + 1] === '?') i += 1;
    } else if (char === ')') {
      closed = group;
      group = outer.pop() ?? { ambiguous: false, repeats: 0 };
      group.ambiguous ||= closed.ambiguous;
      group.repeats += closed.repeats;
    } else if (char === '|') {
      group.ambiguous = true;
      group.repeats = 0;
    }
  }
  return undefined;
}

interface Repeat {
  readonly most: number;
  /** It can match different numbers of times. */
  readonly changes: boolean;
  readonly counted: boolean;
  readonly end: number;
}

function readRepeat(pattern: string, at: number): Repeat | undefined {
  const char = pattern[at];
  if (char === '*' || char === '+') return { most: Infinity, changes: true, counted: false, end: at + 1 };
  if (char === '?') return { most: 1, changes: true, counted: false, end: at + 1 };
  const count = /^\{(\d*)(,?)(\d*)\}/.exec(pattern.slice(at, at + 24));
  const [whole = '', least = '', comma = '', most = ''] = count ?? [];
  if (count === null || (least === '' && most === '')) return undefined;
  const top = comma === '' ? Number(least) : most === '' ? Infinity : Number(most);
  return { most: top, changes: top !== Number(least), counted: true, end: at + whole.length };
}

/** Index of the bracket that closes a character class; classes may nest. */
function classEnd(pattern: string, start: number): number {
  let depth = 0;
  for (let i = start; i < pattern.length; i++) {
    if (pattern[i] === '\\') i += 1;
    else if (pattern[i] === '[') depth += 1;
    else if (pattern[i] === ']' && --depth === 0) return i;
  }
  return pattern.length;
}
