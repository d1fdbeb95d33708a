import type { EncodedRow } from '../data/rows';
import type { ParameterStore } from '../model/store';
import type { ScoreOptions } from './answerer';
import { eachPass } from './passes';

export interface RoutingOptions extends ScoreOptions {
  /** Rows at once. */
  readonly batch?: number;
  readonly topK?: number;
  /** Bit e silences expert e; none by default. */
  readonly muted?: number;
}

/** What the routers of L layers and E experts decided on the prompts (BOS included) of rows. */
export interface RouterRecords {
  /** Mean router probabilities over a prompt's tokens, before top-k: (L, rows, E). NaN for a row without tokens. */
  readonly byLayer: readonly (readonly (readonly number[])[])[];
  /** Their mean over layers: (rows, E). */
  readonly mean: readonly (readonly number[])[];
  /** Share of the slots (token, k) of all prompts that went to each expert: (L, E), each layer sums to 1. */
  readonly slots: readonly (readonly number[])[];
  /** The same over all layers: (E). */
  readonly slotsOverall: readonly number[];
}

export interface Confusion {
  /** Rows of dataset d whose most probable expert is e, ties to the lowest: (datasets, E). */
  readonly counts: readonly (readonly number[])[];
  /** Share of the rows whose most probable expert has the row's label; NaN without rows. */
  readonly accuracy: number;
}

const DEFAULT_BATCH = 64;

/**
 * Runs the rows' prompts through a mixture once and records its routers. Responses are left out: no token sees a later one.
 * Rows not reached when the signal is aborted are NaN. Waits for the GPU after each batch.
 * @throws RangeError for a dense model.
 */
export async function routerRecords(store: ParameterStore, rows: readonly EncodedRow[], options: RoutingOptions = {}): Promise<RouterRecords> {
  const { experts: E, layers: L } = store.config;
  const { batch = DEFAULT_BATCH, ...others } = options;
  if (E < 2) throw new RangeError('router records: a dense model has no routers');
  const byLayer = Array.from({ length: L }, () => rows.map((): readonly number[] => new Array<number>(E).fill(NaN)));
  const slots = Array.from({ length: L }, () => new Array<number>(E).fill(0));
  const order = [...rows.entries()].map(([i, row]) => ({ i, prompt: promptOf(row) })).filter(({ prompt }) => prompt.promptLength > 0)
    .sort((a, b) => b.prompt.promptLength - a.prompt.promptLength);
  await eachPass(store, order, ({ prompt }) => prompt, {
    ...others, name: 'routing', batch, head: 'none', total: rows.length, read: ({ routers }) => routers.flatMap(({ probs, index }) => [probs, index]),
  }, ({ some, T, values }) => {
    for (let layer = 0; layer < L; layer++) {
      const probs = values[2 * layer] ?? new Float32Array(0);
      const index = new Uint32Array(values[2 * layer + 1]?.buffer ?? new ArrayBuffer(0));
      const means = byLayer[layer] ?? [];
      some.forEach(({ i, prompt: { promptLength } }, b) => { means[i] = meanOf(probs.subarray(b * T * E, (b * T + promptLength) * E), E); });
      // Padding, and slots that muted experts leave empty, name expert E.
      for (const e of index) if (e < E) count(slots[layer] ?? [], e);
    }
  });
  return {
    byLayer,
    mean: rows.map((_, i) => average(byLayer.map((means) => means[i] ?? []), E)),
    slots: slots.map(shares),
    slotsOverall: shares(Array.from({ length: E }, (_, e) => slots.reduce((sum, layer) => sum + (layer[e] ?? 0), 0))),
  };
}

/** Which expert the routers prefer for the rows of each dataset: probabilities (rows, E), labels (rows) below E. */
export function confusion(probabilities: readonly (readonly number[])[], labels: readonly number[], E: number): Confusion {
  const counts = Array.from({ length: E }, () => new Array<number>(E).fill(0));
  let right = 0;
  probabilities.forEach((row, i) => {
    const label = labels[i] ?? -1;
    const chosen = row.indexOf(Math.max(...row));
    if (chosen >= 0) count(counts[label] ?? [], chosen);
    if (chosen === label) right += 1;
  });
  return { counts, accuracy: right / probabilities.length };
}

function promptOf({ ids, promptLength }: EncodedRow): EncodedRow & { readonly label: number } {
  const prompt = ids.slice(0, Math.max(promptLength, 1));
  return { ids: prompt, promptLength: prompt.length, label: 0 };
}

/** The mean of the rows of (N, E). */
function meanOf(values: Float32Array, E: number): number[] {
  const sums = new Array<number>(E).fill(0);
  values.forEach((value, i) => { sums[i % E] = (sums[i % E] ?? 0) + value; });
  return sums.map((sum) => (sum * E) / values.length);
}

function average(rows: readonly (readonly number[])[], E: number): number[] {
  return Array.from({ length: E }, (_, e) => rows.reduce((sum, row) => sum + (row[e] ?? NaN), 0) / rows.length);
}

function shares(counts: readonly number[]): number[] {
  const total = counts.reduce((sum, value) => sum + value, 0);
  return counts.map((value) => value / Math.max(total, 1));
}

function count(counts: number[], at: number): void {
  counts[at] = (counts[at] ?? 0) + 1;
}
