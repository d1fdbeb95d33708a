import type { Recorder } from '../gpu/recorder';
import type { Scope } from '../gpu/scope';
import type { TimedCommand } from '../gpu/timestamps';
import type { Tensor } from '../gpu/tensor';
import { sum } from '../kernels/reduce/sum';
import type { Op } from '../kernels/op';
import type { Batch } from '../model/batch';
import { batchInput } from '../model/input';
import type { ParameterStore } from '../model/store';
import { transformer, type Transformer } from '../model/transformer';
import type { Workspace } from '../model/workspace';
import { routerObjective, type RouterObjective } from './router_objective';
import type { LossWeights } from './recipe';

export type Phase = 'warmup' | 'tune';

/** What a micro-batch leaves behind for the metrics. */
export interface MicroSources {
  readonly lossSum: Tensor; // (1), summed nats of the target tokens
  /** The router objective's, where the model has one. */
  readonly router: readonly Tensor[];
}

/** What a step's gradients are divided by: known before its first micro-batch, so that accumulation is exact. */
export interface StepTotals {
  readonly targets: number;
  readonly sequences: number;
  readonly tokens: number;
  readonly microBatches: number;
}

/** Forward and backward of one micro-batch of B sequences of up to T tokens, bound once and replayed. */
export class MicroPlan {
  readonly sources: MicroSources;
  private readonly model: Transformer;
  private readonly objective: RouterObjective | undefined;
  private readonly total: Op | undefined;

  /** @param scope is the plan's alone */
  constructor(
    private readonly scope: Scope,
    private readonly store: ParameterStore,
    workspace: Workspace,
    dims: { readonly B: number; readonly T: number },
    phase: Phase,
  ) {
    const { config } = store;
    const { B, T } = dims;
    this.model = transformer(this.scope, workspace, store, {
      dims: { B, T, rows: B * T },
      train: phase === 'warmup' ? 'router-only' : 'everything',
      head: phase === 'warmup' ? 'none' : 'loss',
    });
    const lossSum = workspace.tensor('loss sum', [1]);
    if (this.model.loss) this.total = sum(this.scope, { inp: this.model.loss.loss, out: lossSum }, { n: B * T });
    if (config.experts > 1) this.objective = routerObjective(this.scope, workspace, config, this.model, phase);
    this.sources = { lossSum, router: this.objective?.sources ?? [] };
  }

  /** Queues a batch, the dropout of this pass and the loss weights; the next submit sees them. */
  load(batch: Batch, totals: StepTotals, losses: LossWeights, dropoutSeed: number): void {
    batchInput(this.store.gpu, this.model, batch);
    this.model.loss?.setScale(1 / Math.max(totals.targets, 1));
    this.model.adapters.forEach((adapter, i) => { adapter.setSeed((dropoutSeed + Math.imul(i + 1, 0x9e3779b9)) >>> 0); });
    this.objective?.load(batch, totals, losses);
  }

  /** What is recorded, one entry an op, so that a step can be cut into slices and timed. */
  commands(): TimedCommand[] {
    const { ops } = this.model;
    return [
      ...ops.map((op) => ({ name: op.name, record: (r: Recorder) => { op.forward(r); } })),
      { name: 'loss sum', record: (r) => { this.total?.forward(r); } },
      { name: 'router objective', record: (r) => { this.objective?.record(r); } },
      ...[...ops].reverse().map((op) => ({ name: `${op.name} backward`, record: (r: Recorder) => { op.backward(r); } })),
    ];
  }

  dispose(): void {
    this.scope.dispose();
  }
}
