import { ReadbackRing } from '../gpu/readback';
import { Scope } from '../gpu/scope';
import type { Tensor } from '../gpu/tensor';
import { type LabelledRow, makeBatch } from '../model/batch';
import { batchInput } from '../model/input';
import type { ParameterStore } from '../model/store';
import { transformer, type Transformer, type TransformerOptions } from '../model/transformer';
import { Workspace } from '../model/workspace';
import type { ScoreOptions } from './answerer';

/** Finer than in training: rows are short, and a plan is cheap beside the padding that it saves. */
const LENGTH_STEP = 8;

export interface PassesOptions extends ScoreOptions, Pick<TransformerOptions, 'topK' | 'muted' | 'head'> {
  /** In labels of memory and submits. */
  readonly name: string;
  /** Rows at once, at most. */
  readonly batch: number;
  /** Of a plan, what is read back after every pass. */
  readonly read: (model: Transformer) => readonly Tensor[];
  /** Rows of all that was asked for, those included that need no pass: they count as done. */
  readonly total: number;
}

/** One pass: which rows it held, of how many positions each, and one array a tensor that is read. */
export interface Pass<Item> {
  readonly some: readonly Item[];
  readonly T: number;
  readonly values: readonly Float32Array<ArrayBuffer>[];
}

/**
 * Forward passes over rows of like length, the longest first, as their buffers hold the shorter ones too. Ends after the pass in
 * which the signal is aborted; waits for the GPU after each.
 * @param items longest first @param rowOf their rows, none of them empty
 */
export async function eachPass<Item>(
  store: ParameterStore, items: readonly Item[], rowOf: (item: Item) => LabelledRow, options: PassesOptions, use: (pass: Pass<Item>) => void,
): Promise<void> {
  const { gpu } = store;
  const { name, batch, read, total, topK, muted, head, onProgress, signal, between } = options;
  const B = Math.ceil(items.length / Math.max(1, Math.ceil(items.length / batch)));
  const workspace = new Workspace(gpu, name);
  const plans = new Map<number, { readonly scope: Scope; readonly model: Transformer; readonly ring: ReadbackRing }>();
  const build = async (T: number) => {
    const scope = new Scope(gpu, `${name} ${T}`);
    const dims = { B, T, rows: head === 'none' ? 1 : B * T };
    const model = transformer(scope, workspace, store, { dims, head, ...(topK === undefined ? {} : { topK }), ...(muted === undefined ? {} : { muted }) });
    const plan = { scope, model, ring: new ReadbackRing(gpu, read(model), 1) };
    plans.set(T, plan);
    await gpu.ready();
    return plan;
  };
  try {
    for (let start = 0; start < items.length && signal?.aborted !== true; start += B) {
      const some = items.slice(start, start + B);
      const rows = some.map(rowOf);
      const T = Math.ceil((rows[0]?.ids.length ?? 1) / LENGTH_STEP) * LENGTH_STEP;
      const { model, ring } = plans.get(T) ?? await build(T);
      batchInput(gpu, model, makeBatch(rows, B, T));
      let arrived: (() => Promise<Float32Array<ArrayBuffer>[]>) | undefined;
      gpu.run(name, (r) => {
        for (const op of model.ops) op.forward(r);
        arrived = ring.copy(r);
      });
      use({ some, T, values: (await arrived?.()) ?? [] });
      onProgress?.(total - items.length + start + some.length, total);
      await between?.();
    }
  } finally {
    for (const { scope, ring } of plans.values()) {
      scope.dispose();
      ring.dispose();
    }
    workspace.dispose();
  }
}
