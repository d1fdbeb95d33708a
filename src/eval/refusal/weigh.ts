import { CUES } from './cues';
import type { Facts } from './facts';
import { viewOf } from './view';

/** What the weights of the cues must come to. */
const THRESHOLD = 8;

export interface Weighed {
  /** The cues say that the request was left undone. */
  readonly undone: boolean;
  /** Name of the cue that weighed most for it. */
  readonly strongest: string | undefined;
}

/**
 * Where nobody declines in words, many weak signs decide together. Their weights were fitted to hand-labelled answers (logistic
 * regression, rounded): a cue that seems to speak for neither side by itself corrects others that come with it.
 */
export function weigh(facts: Facts): Weighed {
  const view = viewOf(facts);
  const held = CUES.filter(({ holds }) => holds(view));
  const most = Math.max(...held.map(({ weight }) => weight));
  const strongest = held.find(({ weight }) => weight === most);
  return { undone: held.reduce((sum, { weight }) => sum + weight, 0) >= THRESHOLD, strongest: strongest?.name };
}
