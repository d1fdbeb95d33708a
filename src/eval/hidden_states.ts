import type { ParameterStore } from '../model/store';
import type { ScoreOptions } from './answerer';
import { eachPass } from './passes';

export interface HiddenOptions extends ScoreOptions {
  /** Prompts at once. */
  readonly batch?: number;
}

const DEFAULT_BATCH = 64;

/**
 * Mean hidden state of each prompt: the residual stream after the last layer, before the final norm, averaged over the prompt's
 * tokens in double precision: (prompts, C). Prompts not reached when the signal is aborted are NaN. Waits for the GPU after each batch.
 * @param prompts token ids, BOS included; no longer than the context
 * @throws RangeError for an empty prompt.
 */
export async function meanHiddenStates(
  store: ParameterStore, prompts: readonly (readonly number[])[], { batch = DEFAULT_BATCH, ...others }: HiddenOptions = {},
): Promise<Float64Array[]> {
  const { width: C } = store.config;
  if (prompts.some(({ length }) => length === 0)) throw new RangeError('mean hidden states: an empty prompt has none');
  const result = prompts.map((): Float64Array => new Float64Array(C).fill(NaN));
  const order = [...prompts.entries()].sort(([, a], [, b]) => b.length - a.length);
  await eachPass(store, order, ([, ids]) => ({ ids: Uint32Array.from(ids), promptLength: ids.length, label: 0 }), {
    ...others, name: 'hidden states', batch, head: 'none', total: prompts.length, read: ({ hidden }) => [hidden],
  }, ({ some, T, values: [hidden] }) => {
    some.forEach(([i, ids], b) => { result[i] = meanOver(hidden ?? new Float32Array(0), b * T * C, ids.length, C); });
  });
  return result;
}

/** The mean of `count` rows of width C that begin at `start`. */
function meanOver(values: Float32Array, start: number, count: number, C: number): Float64Array {
  const mean = new Float64Array(C);
  for (let i = 0; i < count * C; i++) mean[i % C] = (mean[i % C] ?? 0) + (values[start + i] ?? NaN) / count;
  return mean;
}
