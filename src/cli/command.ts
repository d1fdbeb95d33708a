import type { Gpu } from '../gpu/gpu';
import { flag, parseOptions, type OptionSpecs, type Values } from './options';
import type { Progress } from './progress';

/** What a command answers: one JSON object for --json, and the same for people. */
export interface Answer {
  readonly json: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** What a command is given of the world. */
export interface Context {
  /** Opens the GPU: called only when all input was read and checked. */
  readonly gpu: () => Promise<Gpu>;
  readonly progress: (label: string) => Progress;
  /** A line on stderr. */
  readonly say: (line: string) => void;
  /** From here on Ctrl-C aborts this signal instead of the process; a second one ends the process. */
  readonly interrupted: () => AbortSignal;
}

/** A command with its options read. */
export interface Invocation {
  readonly json: boolean;
  readonly help: boolean;
  readonly run: (context: Context) => Promise<Answer>;
}

export interface Command {
  readonly name: string;
  readonly summary: string;
  /** Lines to type after `npm run -s h3 --`. */
  readonly examples: readonly string[];
  readonly options: OptionSpecs;
  /** Throws a Refusal 'bad-option'. */
  readonly parse: (args: readonly string[]) => Invocation;
}

interface Definition<S extends OptionSpecs> extends Pick<Command, 'name' | 'summary' | 'examples'> {
  readonly options: S;
  /** The option that a bare word stands for. */
  readonly positional?: keyof S & string;
  readonly run: (values: Values<S>, context: Context) => Promise<Answer>;
}

const COMMON = { json: flag('end with one line of JSON on stdout'), help: flag('list the options') };

/** Joins a command to its options, so that `run` gets them typed. */
export function command<S extends OptionSpecs>({ name, summary, examples, options, positional, run }: Definition<S>): Command {
  const specs = { ...options, ...COMMON };
  return {
    name, summary, examples,
    options: specs,
    parse: (args) => {
      const values = parseOptions(name, specs, args, positional) as Values<S> & Values<typeof COMMON>;
      return { json: values.json, help: values.help, run: (context) => run(values, context) };
    },
  };
}
