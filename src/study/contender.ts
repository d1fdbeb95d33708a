import { largest, type Scores } from './scores';
import type { Study } from './study';

export type Kind = 'fused' | 'single' | 'merge' | 'ensemble' | 'other';

/** One line of a comparison: scores on the test split, means over seeds where it trains. */
export interface Row extends Scores {
  readonly id: string;
  readonly name: string;
  readonly kind: Kind;
  /** Where it is from; absent for the fused model, the base and the aligned ones. */
  readonly paper?: string;
  /** What tuning chose; plain JSON. */
  readonly settings: object;
  readonly validation: Scores;
  /** Settings that were compared on validation. */
  readonly tried: number;
  /** Training seeds; absent where nothing is random. */
  readonly seeds?: readonly number[];
}

/** Something that is compared. */
export interface Contender {
  readonly id: string;
  readonly name: string;
  readonly kind: Kind;
  /** Where it is from; empty for the models themselves. */
  readonly paper: string;
  /** Throws a Refusal where it cannot run on what is compared: asked before anything trains. */
  readonly requirePossible?: (study: Study) => void;
  /** Rows that it will answer, about; a trained row counts as several. */
  readonly estimate: (study: Study, seeds: readonly number[]) => number;
  readonly run: (study: Study, seeds: readonly number[]) => Promise<Row>;
}

/** What a search found. */
export interface Tuned<S> {
  readonly settings: S;
  readonly validation: Scores;
  readonly tried: number;
}

/**
 * The best settings on validation, by HHH; of equal ones the first that was tried. Goes from the best start on, by each kind of
 * move in turn to the best neighbour for as long as one is better.
 */
export async function tune<S>(
  starts: readonly S[], scoreOf: (settings: S) => Promise<Scores>, moves: readonly ((best: S) => readonly S[])[] = [],
): Promise<Tuned<S>> {
  const scored = new Map<string, { readonly settings: S; readonly validation: Scores }>();
  const compare = async (candidates: readonly S[]): Promise<void> => {
    for (const settings of candidates) {
      const key = JSON.stringify(settings);
      if (!scored.has(key)) scored.set(key, { settings, validation: await scoreOf(settings) });
    }
  };
  const best = () => largest([...scored.values()], ({ validation }) => validation.hhh);
  await compare(starts);
  for (const move of moves) {
    for (let at = best(), from; from !== at; at = best()) {
      from = at;
      await compare(move(at.settings));
    }
  }
  return { ...best(), tried: scored.size };
}
