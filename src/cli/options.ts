import { Refusal } from '../errors/refusal';

/** One option of a command. Every option has a default; `null` means "not given". */
export interface OptionSpec<T = unknown> {
  readonly help: string;
  /** How the value is written in the help, e.g. "N" or "DIR"; absent for a flag. */
  readonly value?: string;
  readonly fallback: T;
  /** Reads the text after the option's name. @throws Refusal 'bad-option'. */
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

export const flag = (help: string): OptionSpec<boolean> => ({ fallback: false, help, read: () => true });

export function integer<F extends number | null>(fallback: F, help: string, { min = 0, max = 2 ** 32 - 1 }: Bounds = {}): OptionSpec<number | F> {
  return { value: 'N', fallback, help, read: (given, name) => bounded(given, name, { min, max }, 'a whole number', Number.isInteger) };
}

export function number(fallback: number, help: string, { min = 0, max = Number.MAX_VALUE }: Bounds = {}): OptionSpec<number> {
  return { value: 'X', fallback, help, read: (given, name) => bounded(given, name, { min, max }, 'a number', Number.isFinite) };
}

export function choice<const C extends string>(choices: readonly C[], fallback: NoInfer<C>, help: string): OptionSpec<C> {
  const read = (given: string, name: string): C => {
    const found = choices.find((known) => known === given);
    if (found === undefined) throw bad(name, `one of ${choices.join(', ')}`, given);
    return found;
  };
  return { value: choices.join('|'), fallback, help, read };
}

/** "1,2,-100" */
export function numbers<F extends readonly number[] | null>(
  fallback: F, help: string, { integers = true, min = -(2 ** 31), max = 2 ** 32 - 1 }: Bounds & { integers?: boolean } = {},
): OptionSpec<readonly number[] | F> {
  const kind = integers ? 'whole numbers' : 'numbers';
  const right = (n: number): boolean => (integers ? Number.isInteger(n) : Number.isFinite(n)) && n >= min && n <= max;
  const read = (given: string, name: string): readonly number[] => given.split(',').map((part, i) => {
    const n = part.trim() === '' ? NaN : Number(part);
    if (!right(n)) throw bad(name, `${kind} from ${min} to ${max}, separated by commas`, `"${part}" in place ${i + 1}`);
    return n;
  });
  return { value: 'A,B,…', fallback, help, read };
}

/** "helpful=PATH,harmless=PATH": names in the order given. */
export function named(fallback: ReadonlyMap<string, string>, help: string): OptionSpec<ReadonlyMap<string, string>> {
  const read = (given: string, name: string): ReadonlyMap<string, string> => {
    const pairs = new Map<string, string>();
    for (const part of given.split(',')) {
      const at = part.indexOf('=');
      const key = part.slice(0, Math.max(at, 0)).trim();
      if (key === '' || part.slice(at + 1) === '') throw bad(name, 'name=PATH pairs, separated by commas', `"${part}"`);
      if (pairs.has(key)) throw bad(name, 'each name once', `${key} twice`);
      pairs.set(key, part.slice(at + 1));
    }
    return pairs;
  };
  return { value: 'NAME=PATH,…', fallback, help, read };
}

/** `--x V` and `--x=V`, also for values that begin with a minus. */
export function parseOptions<S extends OptionSpecs>(command: string, specs: S, args: readonly string[]): Values<S> {
  const values: Record<string, unknown> = Object.fromEntries(Object.entries(specs).map(([name, { fallback }]) => [name, fallback]));
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    const [, name, inline] = /^--([a-z0-9-]+)(?:=([\s\S]*))?$/.exec(arg) ?? [];
    const spec = name === undefined || !Object.hasOwn(specs, name) ? undefined : specs[name];
    if (name === undefined || spec === undefined) {
      throw new Refusal('bad-option', { file: `h3 ${command}`, field: arg, expected: 'an option of this command', got: 'another word', fix: `see h3 ${command} --help` });
    }
    if (spec.value === undefined) {
      if (inline !== undefined) throw bad(name, 'no value', inline);
      values[name] = true;
      continue;
    }
    if (inline === undefined) i += 1;
    const given = inline ?? args[i];
    if (given === undefined) throw bad(name, `a value, ${spec.value}`, 'none');
    values[name] = spec.read(given, name);
  }
  return values as Values<S>;
}

function bounded(given: string, name: string, { min, max }: Required<Bounds>, what: string, right: (n: number) => boolean): number {
  const n = given.trim() === '' ? NaN : Number(given);
  if (!right(n) || n < min || n > max) throw bad(name, `${what} from ${min} to ${max}`, given);
  return n;
}

export function bad(name: string, expected: string, got: string): Refusal {
  return new Refusal('bad-option', { file: `--${name}`, expected, got, fix: 'correct the option' });
}
