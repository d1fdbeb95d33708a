import { ReadbackRing } from '../gpu/readback';
import type { Tensor } from '../gpu/tensor';
import type { ParameterStore } from '../model/store';
import { Workspace } from '../model/workspace';
import { MicroPlan, type Phase } from './micro_plan';
import type { TrainingRecipe } from './recipe';
import { DEPTH } from './step_reports';

/** Plans by phase, length and experts per token, in one workspace, and the ring that brings back what they leave. */
export class PlanCache {
  private readonly plans = new Map<string, MicroPlan>();
  private readonly workspace: Workspace;
  private made: ReadbackRing | undefined;

  /** @param beside read back after the loss sum, before what the routers leave */
  constructor(private readonly store: ParameterStore, private readonly recipe: Pick<TrainingRecipe, 'batch' | 'microBatch'>, private readonly beside: readonly Tensor[]) {
    this.workspace = new Workspace(store.gpu, 'training');
  }

  /** For sequences of up to T tokens, bound where it is not yet. The largest first: its buffers hold all others. */
  get(phase: Phase, T: number): MicroPlan {
    const key = `${phase} ${T} ${this.store.config.topK}`;
    const known = this.plans.get(key);
    if (known !== undefined) return known;
    const plan = new MicroPlan(this.store, this.workspace, { B: this.recipe.microBatch, T }, phase);
    this.plans.set(key, plan);
    const { sources: { lossSum, router } } = plan;
    const depth = (DEPTH + 1) * Math.ceil(this.recipe.batch / this.recipe.microBatch);
    this.made ??= new ReadbackRing(this.store.gpu, [lossSum, ...this.beside, ...router], depth);
    return plan;
  }

  /** Undefined before the first plan. */
  get ring(): ReadbackRing | undefined {
    return this.made;
  }

  /** Frees the plans of so many experts per token. */
  discard(topK: number): void {
    for (const [key, plan] of [...this.plans].filter(([, { topK: bound }]) => bound === topK)) {
      plan.dispose();
      this.plans.delete(key);
    }
  }

  dispose(): void {
    for (const plan of this.plans.values()) plan.dispose();
    this.plans.clear();
    this.made?.dispose();
    this.workspace.dispose();
  }
}
