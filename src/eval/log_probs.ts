import type { EncodedRow } from '../data/rows';
import { ReadbackRing } from '../gpu/readback';
import { Scope } from '../gpu/scope';
import { makeBatch } from '../model/batch';
import { batchInput } from '../model/input';
import type { ParameterStore } from '../model/store';
import { transformer, type Transformer } from '../model/transformer';
import { Workspace } from '../model/workspace';
import type { ScoreOptions } from './answerer';

export interface LogProbOptions extends ScoreOptions {
  /** Rows at once. */
  readonly batch: number;
  readonly topK?: number;
  /** Bit e silences expert e; none by default. */
  readonly muted?: number;
}

interface Plan {
  readonly scope: Scope;
  readonly model: Transformer;
  readonly ring: ReadbackRing;
}

/** Finer than in training: rows are short, and a plan is cheap beside the padding that it saves. */
const LENGTH_STEP = 8;

/** Tokens of a row whose probability is asked for; BOS has none. */
function targets({ ids, promptLength }: EncodedRow): number {
  return Math.max(0, ids.length - Math.max(promptLength, 1));
}

/**
 * ln p of every response token of each row, in nats, in the order of the rows: the negated losses of the training head. Rows
 * without a response get an empty array, and so do those not reached when the signal is aborted. Waits for the GPU.
 */
export async function tokenLogProbs(store: ParameterStore, rows: readonly EncodedRow[], options: LogProbOptions): Promise<Float64Array[]> {
  const { gpu, config } = store;
  const { topK = config.topK, muted = 0, onProgress, signal, between } = options;
  const result = rows.map(() => new Float64Array(0));
  // Rows of like length share a batch; the longest first, as their buffers hold the shorter ones too.
  const order = [...rows.entries()].filter(([, row]) => targets(row) > 0).sort(([, a], [, b]) => b.ids.length - a.ids.length);
  const B = Math.ceil(order.length / Math.max(1, Math.ceil(order.length / options.batch)));
  const workspace = new Workspace(gpu, 'scoring');
  const plans = new Map<number, Plan>();
  const build = async (T: number): Promise<Plan> => {
    const scope = new Scope(gpu, `scoring ${T}`);
    const model = transformer(scope, workspace, store, { dims: { B, T, rows: B * T }, topK, muted, head: 'loss' });
    const plan = { scope, model, ring: new ReadbackRing(gpu, model.loss ? [model.loss.loss] : [], 1) };
    plans.set(T, plan);
    await gpu.ready();
    return plan;
  };
  try {
    for (let start = 0; start < order.length && signal?.aborted !== true; start += B) {
      const some = order.slice(start, start + B);
      const T = Math.ceil((some[0]?.[1].ids.length ?? 1) / LENGTH_STEP) * LENGTH_STEP;
      const { model, ring } = plans.get(T) ?? await build(T);
      batchInput(gpu, model, makeBatch(some.map(([, row]) => ({ ...row, label: 0 })), B, T));
      let arrived: (() => Promise<Float32Array[]>) | undefined;
      gpu.run('score', (r) => {
        for (const op of model.ops) op.forward(r);
        arrived = ring.copy(r);
      });
      const [loss] = (await arrived?.()) ?? [];
      let at = 0;
      for (const [i, row] of some) result[i] = Float64Array.from({ length: targets(row) }, () => -(loss?.[at++] ?? NaN));
      onProgress?.(rows.length - order.length + start + some.length, rows.length);
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
