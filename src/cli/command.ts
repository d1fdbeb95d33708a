import type { OptionSpecs, Values } from './options';

/** What a command answers: one JSON object for --json, and the same for people. */
export interface Answer {
  readonly json: Readonly<Record<string, unknown>>;
  readonly text: string;
}

export interface Command {
  readonly name: string;
  readonly summary: string;
  readonly options: OptionSpecs;
  readonly run: (args: readonly string[]) => Promise<Answer>;
}

/** Joins a command to its options, so that `run` gets them typed. */
export function command<S extends OptionSpecs>(
  name: string, summary: string, options: S, run: (values: Values<S>) => Promise<Answer>, parse: (name: string, specs: S, args: readonly string[]) => Values<S>,
): Command {
  return { name, summary, options, run: (args) => run(parse(name, options, args)) };
}
