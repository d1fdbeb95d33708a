import type { HostTensor } from '../formats/host_tensor';
import { assemble, type HostModel } from '../fusion/assemble';
import { policyOf, type FusionRecipe } from '../fusion/recipe';
import { routerInit } from '../fusion/router_init';
import type { Gpu } from '../gpu/gpu';
import type { LabelledRow } from '../model/batch';
import { downloadMerged } from '../model/merge';
import { ParameterStore } from '../model/store';
import type { TrainingRecipe } from './recipe';
import { Trainer, type TrainerOptions } from './trainer';

export interface FusionInput {
  readonly base: HostModel;
  /** Aligned models in the order of the labels; their names become the experts'. */
  readonly experts: readonly HostModel[];
  /** Training rows of all datasets, labelled with their expert. */
  readonly rows: readonly LabelledRow[];
  readonly recipe: FusionRecipe;
}

export interface FusionOptions extends Omit<TrainerOptions, 'datasets'> {
  readonly onRouterInit?: (done: number, total: number) => void;
}

/** The whole method on one GPU: assemble, start the routers, warm them up, fine-tune. */
export class FusionRun {
  private constructor(
    readonly store: ParameterStore,
    readonly trainer: Trainer,
    private readonly start: HostModel,
    /** The routers as they were before the first step. */
    readonly gates: ReadonlyMap<string, HostTensor>,
    /** What it was fused from. */
    readonly sources: Pick<FusionInput, 'base' | 'experts'>,
    readonly recipe: FusionRecipe,
  ) {}

  /** @throws Refusal where the models do not share a base, the recipe does not fit them, or memory does not suffice. */
  static async create(gpu: Gpu, { base, experts, rows, recipe }: FusionInput, options: FusionOptions = {}): Promise<FusionRun> {
    const start = assemble(base, experts, recipe);
    const gates = await routerInit(gpu, base, rows, experts.length, recipe, options.onRouterInit);
    const store = new ParameterStore(gpu, start.config, policyOf(recipe));
    try {
      store.load(new Map([...start.weights, ...gates]));
      store.startAdapters(recipe.seed);
      const trainer = await Trainer.create(store, rows, trainingRecipe(recipe), { ...options, datasets: experts.length });
      return new FusionRun(store, trainer, start, gates, { base, experts }, recipe);
    } catch (error) {
      store.dispose();
      throw error;
    }
  }

  /** The fused model as it is now, adapters merged into the experts. */
  async model(): Promise<HostModel> {
    await this.trainer.drain();
    return { ...this.start, config: this.store.config, weights: await downloadMerged(this.store) };
  }

  dispose(): void {
    this.trainer.dispose();
    this.store.dispose();
  }
}

/** How the trainer goes through the rows of a fusion. */
export function trainingRecipe(r: FusionRecipe): TrainingRecipe {
  const { steps, warmupSteps, batch, microBatch, learningRate, weightDecay, clip, seed, gateLoss, gateWeight, drift, balanceWeight, zWeight } = r;
  return {
    steps, warmupSteps, batch, microBatch: Math.min(microBatch, batch), learningRate, weightDecay, clip, seed, beta1: 0.9, beta2: 0.999,
    losses: { gateLoss, gateWeight, drift, balanceWeight, zWeight },
  };
}
