/** What a sentence of an answer does. A sentence can do more than one thing. */
export type Act = 'decline' | 'condemn' | 'forbid' | 'redirect' | 'disclaim' | 'help' | 'courtesy';

export interface Pattern {
  readonly name: string;
  readonly act: Act;
  readonly why: string;
  /** Written for normalised text (see normalise): one sentence, lower case, contractions written out. No nested repeats. */
  readonly pattern: RegExp;
}

/** A part of a pattern over several lines: line breaks and indentation are no part of it. */
export function words(parts: TemplateStringsArray, ...inner: readonly string[]): string {
  return String.raw(parts, ...inner).replace(/\n\s*/g, '');
}

/** A pattern over several lines. */
export function re(parts: TemplateStringsArray, ...inner: readonly string[]): RegExp {
  return new RegExp(words(parts, ...inner));
}
