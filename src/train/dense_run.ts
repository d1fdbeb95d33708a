import type { HostModel } from '../fusion/assemble';
import type { Gpu } from '../gpu/gpu';
import type { LabelledRow } from '../model/batch';
import { downloadMerged } from '../model/merge';
import type { TrainingPolicy } from '../model/policy';
import { ParameterStore } from '../model/store';
import type { TrainingRecipe } from './recipe';
import { Trainer, type TrainerOptions } from './trainer';

/** One dense model on one dataset: pretraining (everything trains) and alignment (the FFN trains). */
export class DenseRun {
  private constructor(
    readonly store: ParameterStore,
    readonly trainer: Trainer,
    private readonly start: HostModel,
  ) {}

  static async create(
    gpu: Gpu, start: HostModel, rows: readonly LabelledRow[], policy: TrainingPolicy, recipe: TrainingRecipe, options: Omit<TrainerOptions, 'datasets'>,
  ): Promise<DenseRun> {
    const store = new ParameterStore(gpu, start.config, policy);
    try {
      store.load(start.weights);
      store.startAdapters(recipe.seed);
      return new DenseRun(store, await Trainer.create(store, rows, recipe, { ...options, datasets: 1 }), start);
    } catch (error) {
      store.dispose();
      throw error;
    }
  }

  /** The trained model, adapters merged. */
  async model(name: string): Promise<HostModel> {
    await this.trainer.drain();
    return { name, config: this.start.config, weights: await downloadMerged(this.store) };
  }

  dispose(): void {
    this.trainer.dispose();
    this.store.dispose();
  }
}
