import type { EncodedRow } from '../data/rows';
import type { ParameterStore } from '../model/store';
import type { ScoreOptions } from './answerer';
import { eachPass } from './passes';

export interface LogProbOptions extends ScoreOptions {
  /** Rows at once. */
  readonly batch: number;
  readonly topK?: number;
  /** Bit e silences expert e; none by default. */
  readonly muted?: number;
}

/** Tokens of a row whose probability is asked for; BOS has none. */
function targets({ ids, promptLength }: EncodedRow): number {
  return Math.max(0, ids.length - Math.max(promptLength, 1));
}

/**
 * ln p of every response token of each row, in nats, in the order of the rows: the negated losses of the training head. Rows
 * without a response get an empty array, and so do those not reached when the signal is aborted. Waits for the GPU.
 */
export async function tokenLogProbs(store: ParameterStore, rows: readonly EncodedRow[], options: LogProbOptions): Promise<Float64Array[]> {
  const result = rows.map(() => new Float64Array(0));
  const order = [...rows.entries()].filter(([, row]) => targets(row) > 0).sort(([, a], [, b]) => b.ids.length - a.ids.length);
  await eachPass(store, order, ([, row]) => ({ ...row, label: 0 }), {
    ...options, name: 'scoring', head: 'loss', total: rows.length, read: ({ loss }) => (loss === undefined ? [] : [loss.loss]),
  }, ({ some, values: [loss] }) => {
    let at = 0;
    for (const [i, row] of some) result[i] = Float64Array.from({ length: targets(row) }, () => -(loss?.[at++] ?? NaN));
  });
  return result;
}
