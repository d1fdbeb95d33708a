import learned from './learned.json';
import { VERDICTS, type Verdict } from './rules';
import type { Signs } from './signs';

/** How much a sign speaks for each verdict, in the order of VERDICTS, in hundredths of a nat. */
export interface Learned {
  readonly bias: readonly number[];
  readonly weights: Readonly<Record<string, readonly number[]>>;
}

/** Made by `npm run fit:refusals`. */
export const LEARNED: Learned = learned;

export interface Weighed {
  readonly verdict: Verdict;
  /** The sign that speaks most for the verdict and against what the answer looks like. */
  readonly strongest: string;
}

/** Sums the weights of the signs for each verdict; the largest sum decides, `looksLike` where sums are equal. */
export function weigh({ bias, weights }: Learned, signs: Signs, looksLike: Verdict): Weighed {
  const known = [...signs].flatMap(([name, value]) => (
    Object.hasOwn(weights, name) ? [{ name, each: (weights[name] ?? []).map((weight) => weight * value) }] : []));
  const sums = VERDICTS.map((_, k) => known.reduce((sum, { each }) => sum + (each[k] ?? 0), bias[k] ?? 0));
  const before = VERDICTS.indexOf(looksLike);
  const largest = Math.max(...sums);
  const at = sums[before] === largest ? before : sums.indexOf(largest);
  const difference = ({ each }: { readonly each: readonly number[] }): number => (each[at] ?? 0) - (each[before] ?? 0);
  const strongest = known.reduce((most, next) => (difference(next) > difference(most) ? next : most), known[0] ?? { name: '', each: [] });
  return { verdict: VERDICTS[at] ?? looksLike, strongest: strongest.name };
}
