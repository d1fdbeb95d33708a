import { ReadbackRing } from '../gpu/readback';
import { Scope } from '../gpu/scope';
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
    const plan = this.bound(phase, T);
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

  /** @returns what takes back all plans that are bound from now on, with their buffers */
  checkpoint(): () => void {
    const known = new Set(this.plans.keys());
    const revert = this.workspace.checkpoint();
    return () => {
      for (const [key, plan] of [...this.plans].filter(([made]) => !known.has(made))) {
        plan.dispose();
        this.plans.delete(key);
      }
      revert();
    };
  }

  private bound(phase: Phase, T: number): MicroPlan {
    const B = this.recipe.microBatch;
    const scope = new Scope(this.store.gpu, `${phase} ${String(B)}×${String(T)}`);
    try {
      return new MicroPlan(scope, this.store, this.workspace, { B, T }, phase);
    } catch (error) {
      scope.dispose();
      throw error;
    }
  }

  dispose(): void {
    for (const plan of this.plans.values()) plan.dispose();
    this.plans.clear();
    this.made?.dispose();
    this.workspace.dispose();
  }
}
