import { type Answer, type AnswerToken, isBusy } from '../store/answer';

/** Two answers to one prompt, up to where they part. */
export interface Fork {
  readonly shared: readonly AnswerToken[];
  readonly trained: readonly AnswerToken[];
  readonly stepped: readonly AnswerToken[];
}

export function forkOf(trained: readonly AnswerToken[], stepped: readonly AnswerToken[]): Fork {
  let at = 0;
  while (at < trained.length && at < stepped.length && trained[at]?.text === stepped[at]?.text) at += 1;
  return { shared: stepped.slice(0, at), trained: trained.slice(at), stepped: stepped.slice(at) };
}

/** They are the same to the end. */
export function isWhole({ trained, stepped }: Fork): boolean {
  return trained.length === 0 && stepped.length === 0;
}

export function textOf(tokens: readonly AnswerToken[]): string {
  return tokens.map(({ text }) => text).join('').trim();
}

/** A token of the answer as trained, under what is done to the router: the same word, or that the text has turned before it. Undefined while that is not known. */
export function nowAt(trained: readonly AnswerToken[], stepped: Answer | undefined, at: number): AnswerToken | 'turned' | undefined {
  if (stepped === undefined) return undefined;
  const fork = forkOf(trained, stepped.tokens);
  if (at < fork.shared.length) return stepped.tokens[at];
  return fork.stepped.length === 0 && isBusy(stepped) ? undefined : 'turned';
}
