import type { AnswerToken } from '../store/answer';

/** A token as it stands on the score; its trailing space belongs to it, so that the bars under a line have rests. */
export interface ScoreToken {
  readonly index: number;
  readonly text: string;
  readonly space: boolean;
  /** A line of the answer ends after it. */
  readonly lineBreak: boolean;
}

/** Tokens that must not be parted at a line's end. */
export type Word = readonly ScoreToken[];

/** Joins tokens to words: a token that begins with a space, or follows one that ends with it, begins a new word. */
export function words(tokens: readonly AnswerToken[]): readonly Word[] {
  const result: ScoreToken[][] = [];
  let fresh = true;
  tokens.forEach(({ text }, index) => {
    const visible = text.trim();
    const before = result.at(-1)?.at(-1);
    if (/^\s/.test(text) && before !== undefined) markSpace(result, /^[^\S\n]*\n/.test(text));
    if (visible === '') {
      fresh = true;
      return;
    }
    const token = { index, text: visible, space: false, lineBreak: false };
    const word = result.at(-1);
    if (fresh || word === undefined || /^\s/.test(text)) result.push([token]);
    else word.push(token);
    fresh = /\s$/.test(text);
    if (fresh) markSpace(result, /\n\s*$/.test(text));
  });
  return result;
}

function markSpace(result: ScoreToken[][], lineBreak: boolean): void {
  const word = result.at(-1);
  const token = word?.pop();
  if (word === undefined || token === undefined) return;
  word.push({ ...token, space: true, lineBreak: token.lineBreak || lineBreak });
}
