import type { Tokenizer } from '../data/tokenizer';
import { Refusal } from '../errors/refusal';
import type { Answerer } from '../eval/answerer';
import { evaluateSuite, type EvaluateOptions } from '../eval/evaluate';
import type { Suite } from '../eval/suite';

/** What a comparison keeps of an evaluation: the three measures and their mean. */
export interface Scores {
  readonly helpful: number;
  readonly harmless: number;
  readonly honest: number;
  readonly hhh: number;
}

export const MEASURES = ['helpful', 'harmless', 'honest', 'hhh'] as const;
export const NOTHING: Scores = { helpful: 0, harmless: 0, honest: 0, hhh: 0 };

/**
 * An answerer's scores on a suite, as `h3 eval` gives them.
 * @throws Refusal 'empty-dataset' where the suite leaves a measure without rows, 'cancelled' once the signal is aborted.
 */
export async function score(
  answerer: Answerer, suite: Suite, tokenizer: Tokenizer, options: Omit<EvaluateOptions, 'seed'>,
): Promise<Scores> {
  // The seed is that of the intervals, which are not kept.
  const { helpful, harmless, honest, hhh } = await evaluateSuite(answerer, suite, tokenizer, { ...options, seed: 1 });
  if (helpful === null || harmless === null || honest === null || hhh === null) {
    throw new Refusal('empty-dataset', {
      file: 'suite', expected: 'rows for each of helpful, harmless and honest', got: 'none for one of them', fix: 'give more rows',
    });
  }
  return { helpful: helpful.value, harmless: harmless.value, honest: honest.value, hhh: hhh.value };
}

/** What evaluateSuite counts in onProgress: prompts answered and answers scored. */
export function suiteSize({ helpful, harmless, honest }: Suite): number {
  const answers = honest.reduce((sum, { correct, incorrect }) => sum + correct.length + incorrect.length, 0);
  return helpful.length + harmless.length + honest.length + answers;
}

export function meanScores(all: readonly Scores[]): Scores {
  const mean = (of: (scores: Scores) => number): number => all.reduce((sum, scores) => sum + of(scores), 0) / all.length;
  return { helpful: mean((s) => s.helpful), harmless: mean((s) => s.harmless), honest: mean((s) => s.honest), hhh: mean((s) => s.hhh) };
}

/** Sample standard deviation of each; 0 of a single one. */
export function spreadScores(all: readonly Scores[]): Scores {
  const mean = meanScores(all);
  const deviation = (of: (scores: Scores) => number): number => {
    const squares = all.reduce((sum, scores) => sum + (of(scores) - of(mean)) ** 2, 0);
    return Math.sqrt(squares / Math.max(all.length - 1, 1));
  };
  return {
    helpful: deviation((s) => s.helpful), harmless: deviation((s) => s.harmless), honest: deviation((s) => s.honest), hhh: deviation((s) => s.hhh),
  };
}

/** The item with the largest value; of equal ones the first. */
export function largest<T>(items: readonly T[], value: (item: T) => number): T {
  const [first, ...others] = items;
  if (first === undefined) throw new RangeError('the largest of nothing');
  return others.reduce((best, item) => (value(item) > value(best) ? item : best), first);
}
