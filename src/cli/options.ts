import { Refusal } from '../errors/refusal';

/** One option of a command. Every option has a default; `null` means "follows from the rest", and the help says how. */
export interface OptionSpec<T = unknown> {
  readonly help: string;
  /** How the value is written in the help, e.g. "N" or "DIR"; absent for a flag. */
  readonly value?: string;
  readonly fallback: T;
  /** Takes several words: `--data A B`, `--data A,B` and `--data A --data B` are the same. */
  readonly many?: boolean;
  /** Reads the text after the option's name. Throws a Refusal 'bad-option'. */
  readonly read: (text: string, name: string) => T;
}

export type OptionSpecs = Readonly<Record<string, OptionSpec>>;
export type Values<S extends OptionSpecs> = { readonly [K in keyof S]: S[K] extends OptionSpec<infer T> ? T : never };

interface Bounds {
  readonly min?: number;
  readonly max?: number;
}

export const text = <F extends string | null>(value: string, fallback: F, help: string): OptionSpec<string | F> =>
  ({ value, fallback, help, read: (given) => given });

/** A path; an empty one is refused, as it would mean the folder one stands in. */
export function path<F extends string | null>(value: string, fallback: F, help: string): OptionSpec<string | F> {
  const read = (given: string, name: string): string => {
    if (given.trim() === '') throw bad(name, 'a path', 'an empty one');
    return given;
  };
  return { value, fallback, help, read };
}

export const paths = (fallback: readonly string[], help: string): OptionSpec<readonly string[]> => words('paths', 'FILE…', fallback, help);

export const names = (fallback: readonly string[], help: string): OptionSpec<readonly string[]> => words('names', 'NAME,…', fallback, help);

function words(kind: string, value: string, fallback: readonly string[], help: string): OptionSpec<readonly string[]> {
  const read = (given: string, name: string): readonly string[] => given.split(',').map((part) => {
    if (part.trim() === '') throw bad(name, `${kind}, separated by commas or spaces`, 'an empty one');
    return part;
  });
  return { value, fallback, help, many: true, read };
}

export const flag = (help: string): OptionSpec<boolean> => ({ fallback: false, help, read: () => true });

export function integer<F extends number | null>(
  fallback: F, help: string, { min = 0, max = 2 ** 32 - 1 }: Bounds = {},
): OptionSpec<number | F> {
  return { value: 'N', fallback, help, read: (given, name) => bounded(given, name, { min, max }, 'a whole number', Number.isInteger) };
}

export function number<F extends number | null>(fallback: F, help: string, { min = 0, max = 1e30 }: Bounds = {}): OptionSpec<number | F> {
  return { value: 'X', fallback, help, read: (given, name) => bounded(given, name, { min, max }, 'a number', Number.isFinite) };
}

export function choice<const C extends string>(choices: readonly C[], fallback: NoInfer<C>, help: string): OptionSpec<C> {
  const read = (given: string, name: string): C => {
    const found = choices.find((known) => known === given);
    if (found === undefined) throw bad(name, `one of ${choices.join(', ')}`, shown(given));
    return found;
  };
  return { value: choices.join('|'), fallback, help, read };
}

/** "1,2,-100" */
export function numbers<F extends readonly number[] | null>(
  fallback: F, help: string, { integers = true, min = -(2 ** 31), max = 2 ** 32 - 1 }: Bounds & { readonly integers?: boolean } = {},
): OptionSpec<readonly number[] | F> {
  const kind = integers ? 'whole numbers' : 'numbers';
  const right = (n: number): boolean => (integers ? Number.isInteger(n) : Number.isFinite(n)) && n >= min && n <= max;
  const read = (given: string, name: string): readonly number[] => given.split(',').map((part, i) => {
    const n = decimal(part);
    if (!right(n)) throw bad(name, `${kind} from ${min} to ${max}, separated by commas`, `${shown(part)} in place ${i + 1}`);
    return n;
  });
  return { value: 'A,B,…', fallback, help, read };
}

/** "helpful=PATH,harmless=PATH": names in the order given; `kind` is what stands beside them. */
export function named(fallback: ReadonlyMap<string, string>, help: string, kind = 'PATH'): OptionSpec<ReadonlyMap<string, string>> {
  const read = (given: string, name: string): ReadonlyMap<string, string> => {
    const pairs = new Map<string, string>();
    for (const part of given.split(',')) {
      const at = part.indexOf('=');
      const key = part.slice(0, Math.max(at, 0)).trim();
      const value = part.slice(at + 1);
      if (key === '' || value.trim() === '') throw bad(name, `name=${kind} pairs, separated by commas`, shown(part));
      if (pairs.has(key)) throw bad(name, 'each name once', `${key} twice`);
      pairs.set(key, value);
    }
    return pairs;
  };
  return { value: `NAME=${kind},…`, fallback, help, read };
}

/**
 * `--x V` and `--x=V`, also for values that begin with a minus. `positional` names the option that a bare word stands for.
 * Throws a Refusal 'bad-option' for an unknown word, a missing value or a value that its option refuses.
 */
export function parseOptions<S extends OptionSpecs>(command: string, specs: S, args: readonly string[], positional?: string): Values<S> {
  const values: Record<string, unknown> = Object.fromEntries(Object.entries(specs).map(([name, { fallback }]) => [name, fallback]));
  const given = new Set<string>();
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    const bare = positional !== undefined && !given.has(positional) && !arg.startsWith('-');
    const [, name, inline] = bare ? [arg, positional, arg] : (/^--([a-z0-9-]+)(?:=([\s\S]*))?$/.exec(arg) ?? []);
    const spec = name === undefined || !Object.hasOwn(specs, name) ? undefined : specs[name];
    if (name === undefined || spec === undefined) throw unknown(command, arg);
    const first = !given.has(name);
    given.add(name);
    if (spec.value === undefined) {
      if (inline !== undefined) throw bad(name, 'no value', shown(inline));
      values[name] = true;
      continue;
    }
    if (inline === undefined) i += 1;
    const word = inline ?? args[i];
    if (word === undefined) throw bad(name, `a value, ${spec.value}`, 'none');
    if (spec.many !== true) {
      values[name] = spec.read(word, name);
      continue;
    }
    const words = [word];
    for (let next = args[i + 1]; next?.startsWith('--') === false; next = args[i + 1]) {
      words.push(next);
      i += 1;
    }
    values[name] = [...(first ? [] : (values[name] as readonly unknown[])), ...words.flatMap((each) => spec.read(each, name))];
  }
  return values as Values<S>;
}

/** Plain decimals only: Number() would also take "", "0x10" and "Infinity". */
function decimal(given: string): number {
  return /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$/.test(given) ? Number(given) : NaN;
}

function bounded(given: string, name: string, { min, max }: Required<Bounds>, what: string, right: (n: number) => boolean): number {
  const n = decimal(given);
  if (right(n) && n >= min && n <= max) return n;
  throw bad(name, max >= 1e30 ? `${what} from ${min}` : `${what} from ${min} to ${max}`, shown(given));
}

function unknown(command: string, arg: string): Refusal {
  return new Refusal('bad-option', {
    file: `h3 ${command}`, field: shown(arg), expected: 'an option of this command', got: 'an unknown word',
    fix: `see h3 ${command} --help`,
  });
}

/** A refusal of an option's value. */
export function bad(name: string, expected: string, got: string, fix = 'correct the option'): Refusal {
  return new Refusal('bad-option', { file: `--${name}`, expected, got, fix });
}

/** A word as part of one sentence: quoted and short, line breaks escaped. */
function shown(given: string): string {
  return JSON.stringify(given.length > 60 ? `${given.slice(0, 60)}…` : given);
}
