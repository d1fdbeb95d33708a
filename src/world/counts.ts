import type { RowType } from './world';

type Counts = Readonly<Record<RowType, number>>;

/** How many rows of the world are for what. */
export const ROWS = {
  /** What each model is aligned on. */
  align: { helpful: 3000, harmless: 900, honest: 900 },
  /** The first of them: what fusion gets. */
  fuse: 400,
  /** On which everything is tuned. */
  validation: { helpful: 200, harmless: 120, honest: 120 },
  /** On which nothing is. */
  test: { helpful: 300, harmless: 120, honest: 160 },
} as const satisfies { align: Counts; fuse: number; validation: Counts; test: Counts };

/** Rows of a suite are drawn from the world's seed plus this: another stream than the training rows'. */
export const SUITE_SEEDS = { validation: 1000, test: 2000 } as const;
