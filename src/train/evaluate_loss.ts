import { Scope } from '../gpu/scope';
import { sum } from '../kernels/reduce/sum';
import { makeBatch, planLength, type LabelledRow } from '../model/batch';
import { batchInput } from '../model/input';
import type { ParameterStore } from '../model/store';
import { transformer } from '../model/transformer';
import { Workspace } from '../model/workspace';

export interface LossResult {
  /** Mean nats per response token. */
  readonly nll: number;
  readonly tokens: number;
  readonly rows: number;
}

export interface EvaluateOptions {
  readonly batch?: number;
  readonly topK?: number;
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/** Negative log-likelihood of the rows' responses under the weights as they are now. Waits for the GPU after each batch. */
export async function evaluateLoss(store: ParameterStore, rows: readonly LabelledRow[], options: EvaluateOptions = {}): Promise<LossResult> {
  const { gpu } = store;
  const { batch: B = 8, topK = store.config.topK, onProgress, signal } = options;
  // Rows of like length share a batch: less padding, the same sum.
  const sorted = [...rows].sort((a, b) => b.ids.length - a.ids.length);
  const workspace = new Workspace(gpu, 'evaluation');
  const scopes: Scope[] = [];
  let nats = 0;
  let tokens = 0;
  try {
    const plans = new Map<number, ReturnType<typeof build>>();
    const build = (T: number) => {
      const scope = new Scope(gpu, `evaluation ${T}`);
      scopes.push(scope);
      const model = transformer(scope, workspace, store, { dims: { B, T, rows: B * T }, topK, head: 'loss' });
      const out = workspace.tensor('loss sum', [1]);
      const total = model.loss && sum(scope, { inp: model.loss.loss, out }, { n: B * T });
      return { model, total, out };
    };
    for (let start = 0; start < sorted.length && signal?.aborted !== true; start += B) {
      const some = sorted.slice(start, start + B);
      const T = planLength(some);
      const plan = plans.get(T) ?? build(T);
      plans.set(T, plan);
      const batch = makeBatch(some, B, T);
      batchInput(gpu, plan.model, batch);
      gpu.run('evaluate', (r) => {
        for (const op of plan.model.ops) op.forward(r);
        plan.total?.forward(r);
      });
      await gpu.ready();
      nats += (await gpu.read(plan.out))[0] ?? NaN;
      tokens += batch.count;
      onProgress?.(start + some.length, sorted.length);
    }
  } finally {
    for (const scope of scopes) scope.dispose();
    workspace.dispose();
  }
  return { nll: nats / Math.max(tokens, 1), tokens, rows: rows.length };
}
