import { EXPERTS, type ExpertId, type TokenRouting } from '../../src/engine/protocol';
import type { AnswerToken } from './answer';

/** Whom the router called for one word: the largest share in the last layer, the first of equal ones. */
export function calledAt({ layers, experts, shares }: TokenRouting): ExpertId {
  const last = shares.subarray((layers - 1) * experts, layers * experts);
  return expertAt(last.indexOf(Math.max(...last)));
}

/** Mean probability of each expert over words and layers, before top-k; NaN where no word was routed. */
export function meansOf(tokens: readonly AnswerToken[]): readonly number[] {
  const routed = routedTokens(tokens).flatMap(({ token: { routing } }) => (routing === undefined ? [] : [routing]));
  return EXPERTS.map((_, e) => {
    const sums = routed.map(({ layers, experts, probabilities }) => {
      let sum = 0;
      for (let layer = 0; layer < layers; layer++) sum += probabilities[layer * experts + e] ?? NaN;
      return sum / layers;
    });
    return sums.reduce((total, mean) => total + mean, 0) / sums.length;
  });
}

/** Whom the router called for the whole of it. */
export function calledOverall(tokens: readonly AnswerToken[]): ExpertId {
  const means = meansOf(tokens);
  return expertAt(means.indexOf(Math.max(...means)));
}

export interface RoutedToken {
  /** Among all tokens of the answer. */
  readonly index: number;
  readonly token: AnswerToken;
}

/** The tokens that can be seen and were routed: the columns of the heatmap. */
export function routedTokens(tokens: readonly AnswerToken[]): readonly RoutedToken[] {
  return tokens.flatMap((token, index) => (token.text.trim() !== '' && token.routing !== undefined ? [{ index, token }] : []));
}

/** Of them the words: commas and full stops are nobody's subject. */
export function routedWords(tokens: readonly AnswerToken[]): readonly RoutedToken[] {
  return routedTokens(tokens).filter(({ token: { text } }) => isWord(text));
}

/** Whether a piece of text holds a letter or a digit. */
export function isWord(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}

function expertAt(index: number): ExpertId {
  return EXPERTS[index] ?? EXPERTS[0];
}
