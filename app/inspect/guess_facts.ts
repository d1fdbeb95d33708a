import type { ExpertId } from '../../src/engine/protocol';
import type { Answer } from '../store/answer';
import { routedWords } from '../store/called';
import type { Round } from '../store/inspect';
import { strings } from '../strings';

/**
 * What may be seen of a round's answer. Word by word: all that was guessed, and the word in question without its routing. The
 * whole: nothing before the guess, all after it. Undefined where nothing may.
 */
export function shownOf({ kind, answer, guesses }: Round): Answer | undefined {
  if (kind === 'whole') return guesses.length > 0 ? answer : undefined;
  const asked = routedWords(answer.tokens)[guesses.length];
  if (asked === undefined) return answer;
  const { routing: _, ...bare } = asked.token;
  return { ...answer, tokens: [...answer.tokens.slice(0, asked.index), bare] };
}

export interface Guessed {
  /** Of the guesses in their order. */
  readonly place: number;
  readonly word: string;
  readonly yours: ExpertId;
  readonly router: ExpertId;
}

/** What was guessed of a round, the newest first. */
export function guessedOf({ answer, guesses }: Round, truths: readonly ExpertId[]): readonly Guessed[] {
  const words = routedWords(answer.tokens);
  return guesses.flatMap((yours, place) => {
    const router = truths[place];
    return router === undefined ? [] : [{ place, word: words[place]?.token.text.trim() ?? '', yours, router }];
  }).reverse();
}

/** The newest guess in one sentence; empty before the first. */
export function verdictOf(round: Round, truths: readonly ExpertId[]): string {
  const { guess, models } = strings;
  const [newest] = guessedOf(round, truths);
  if (newest === undefined) return '';
  const { word, yours, router } = newest;
  if (round.kind === 'whole') return yours === router ? guess.rightWhole(models[router]) : guess.wrongWhole(models[router], models[yours]);
  return yours === router ? guess.right(word, models[router]) : guess.wrong(word, models[router], models[yours]);
}
