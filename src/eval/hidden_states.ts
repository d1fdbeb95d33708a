import { ReadbackRing } from '../gpu/readback';
import { Scope } from '../gpu/scope';
import { makeBatch } from '../model/batch';
import { batchInput } from '../model/input';
import type { ParameterStore } from '../model/store';
import { transformer, type Transformer } from '../model/transformer';
import { Workspace } from '../model/workspace';
import type { ScoreOptions } from './answerer';

export interface HiddenOptions extends ScoreOptions {
  /** Prompts at once. */
  readonly batch?: number;
}

interface Plan {
  readonly scope: Scope;
  readonly model: Transformer;
  readonly ring: ReadbackRing;
}

const LENGTH_STEP = 8;
const DEFAULT_BATCH = 64;

/**
 * Mean hidden state of each prompt: the residual stream after the last layer, before the final norm, averaged over the prompt's
 * tokens in double precision: (prompts, C). Prompts not reached when the signal is aborted are NaN. Waits for the GPU after each batch.
 * @param prompts token ids, BOS included; no longer than the context
 * @throws RangeError for an empty prompt.
 */
export async function meanHiddenStates(
  store: ParameterStore, prompts: readonly (readonly number[])[], { batch = DEFAULT_BATCH, onProgress, signal, between }: HiddenOptions = {},
): Promise<Float64Array[]> {
  const { gpu, config: { width: C } } = store;
  if (prompts.some(({ length }) => length === 0)) throw new RangeError('mean hidden states: an empty prompt has none');
  const result = prompts.map((): Float64Array => new Float64Array(C).fill(NaN));
  const order = [...prompts.entries()].sort(([, a], [, b]) => b.length - a.length);
  const B = Math.ceil(order.length / Math.max(1, Math.ceil(order.length / batch)));
  const workspace = new Workspace(gpu, 'hidden states');
  const plans = new Map<number, Plan>();
  const build = async (T: number): Promise<Plan> => {
    const scope = new Scope(gpu, `hidden states ${T}`);
    const model = transformer(scope, workspace, store, { dims: { B, T, rows: 1 }, head: 'none' });
    const plan = { scope, model, ring: new ReadbackRing(gpu, [model.hidden], 1) };
    plans.set(T, plan);
    await gpu.ready();
    return plan;
  };
  try {
    for (let start = 0; start < order.length && signal?.aborted !== true; start += B) {
      const some = order.slice(start, start + B);
      const T = Math.ceil((some[0]?.[1].length ?? 1) / LENGTH_STEP) * LENGTH_STEP;
      const { model, ring } = plans.get(T) ?? await build(T);
      batchInput(gpu, model, makeBatch(some.map(([, ids]) => ({ ids: Uint32Array.from(ids), promptLength: ids.length, label: 0 })), B, T));
      let arrived: (() => Promise<Float32Array[]>) | undefined;
      gpu.run('hidden states', (r) => {
        for (const op of model.ops) op.forward(r);
        arrived = ring.copy(r);
      });
      const [hidden] = (await arrived?.()) ?? [];
      some.forEach(([i, ids], b) => { result[i] = meanOver(hidden ?? new Float32Array(0), b * T * C, ids.length, C); });
      onProgress?.(start + some.length, prompts.length);
      await between?.();
    }
  } finally {
    for (const { scope, ring } of plans.values()) {
      scope.dispose();
      ring.dispose();
    }
    workspace.dispose();
  }
  return result;
}

/** The mean of `count` rows of width C that begin at `start`. */
function meanOver(values: Float32Array, start: number, count: number, C: number): Float64Array {
  const mean = new Float64Array(C);
  for (let i = 0; i < count * C; i++) mean[i % C] = (mean[i % C] ?? 0) + (values[start + i] ?? NaN) / count;
  return mean;
}
