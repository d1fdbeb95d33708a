import type { EncodedRow } from '../data/rows';

/** A row and the dataset (= expert) that it belongs to. */
export interface LabelledRow extends EncodedRow {
  readonly label: number;
  /** Where it is really from, of a row that carries another's label. */
  readonly dataset?: number;
}

/** B sequences of T positions, padded on the right; row n = b·T + t. Unfilled sequences have length 0. */
export interface Batch {
  readonly B: number;
  readonly T: number;
  readonly ids: Uint32Array; // (B·T)
  readonly lengths: Uint32Array; // (B)
  readonly promptLengths: Uint32Array; // (B)
  readonly labels: Uint32Array; // (B)
  /** What metrics count by: the labels, unless rows are from elsewhere. */
  readonly datasets: Uint32Array; // (B)
  /** Row numbers whose next token is a target, and the targets: the first `count` are filled. */
  readonly rows: Uint32Array; // (B·T)
  readonly targets: Uint32Array; // (B·T)
  readonly count: number;
}

/** Plans are made for lengths that are multiples of this, so that few are needed. */
const LENGTH_STEP = 16;

/** The plan length that holds these rows: a multiple of 16. */
export function planLength(rows: readonly EncodedRow[]): number {
  const longest = rows.reduce((most, { ids }) => Math.max(most, ids.length), 1);
  return Math.ceil(longest / LENGTH_STEP) * LENGTH_STEP;
}

/** Token t + 1 is predicted from row t; the loss falls on the response only, its end-of-sequence token included. */
export function makeBatch(rows: readonly LabelledRow[], B: number, T: number): Batch {
  const batch = {
    B, T,
    ids: new Uint32Array(B * T), lengths: new Uint32Array(B), promptLengths: new Uint32Array(B), labels: new Uint32Array(B), datasets: new Uint32Array(B),
    rows: new Uint32Array(B * T), targets: new Uint32Array(B * T), count: 0,
  };
  rows.forEach(({ ids, promptLength, label, dataset = label }, b) => {
    batch.ids.set(ids, b * T);
    batch.lengths[b] = ids.length;
    batch.promptLengths[b] = promptLength;
    batch.labels[b] = label;
    batch.datasets[b] = dataset;
    for (let t = Math.max(promptLength, 1); t < ids.length; t++) {
      batch.rows[batch.count] = b * T + t - 1;
      batch.targets[batch.count] = ids[t] ?? 0;
      batch.count += 1;
    }
  });
  return batch;
}

/** Tokens of a batch, padding excluded. */
export function batchTokens({ lengths }: Batch): number {
  return lengths.reduce((sum, length) => sum + length, 0);
}

/** What stands in the labels where no loss falls, as in HF. */
export const MASKED = -100;

/**
 * Sequences with labels aligned as in HF: labels[t] is predicted from row t − 1, labels[0] is not used, −100 is masked.
 * datasetLabels: the expert of each sequence's dataset, for the gate loss.
 */
export function batchOfLabels(
  ids: readonly (readonly number[])[], labels: readonly (readonly number[])[],
  { datasetLabels = [], promptLengths = [] }: { readonly datasetLabels?: readonly number[]; readonly promptLengths?: readonly number[] } = {},
): Batch {
  const B = ids.length;
  const T = Math.max(1, ...ids.map((sequence) => sequence.length));
  const rows = ids.map((sequence, b) => ({ ids: Uint32Array.from(sequence), promptLength: sequence.length, label: datasetLabels[b] ?? 0 }));
  const batch = makeBatch(rows, B, T);
  promptLengths.forEach((length, b) => { batch.promptLengths[b] = length; });
  const targets = ids.flatMap((sequence, b) => sequence.flatMap((_, t) => {
    const target = labels[b]?.[t] ?? MASKED;
    return t === 0 || target === MASKED ? [] : [{ row: b * T + t - 1, target }];
  }));
  targets.forEach(({ row, target }, i) => {
    batch.rows[i] = row;
    batch.targets[i] = target;
  });
  return { ...batch, count: targets.length };
}
