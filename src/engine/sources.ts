import type { HostModel } from '../fusion/assemble';
import { merge } from '../fusion/merge/merge';
import type { MergeSettings } from '../fusion/merge/settings';
import type { Gpu } from '../gpu/gpu';
import { Generator } from '../model/generate';
import { FROZEN } from '../model/policy';
import { ParameterStore } from '../model/store';
import type { Embedded } from './embedded';
import { Ensemble } from './ensemble';
import { type BaselineId, EXPERTS, type SourceModel } from './protocol';

export interface Source {
  readonly store: ParameterStore;
  readonly generator: Generator;
}

/**
 * The four models on the GPU, each brought there when it is asked first, and what is made of them: merges take turns in one place
 * there, ensembles ask the three where they are.
 */
export class Sources {
  private readonly sources = new Map<SourceModel, Source>();
  private merged: Source | undefined;
  /** What stands in `merged`. */
  private mergedAs: BaselineId | undefined;
  private ensemble: Ensemble | undefined;

  constructor(private readonly gpu: Gpu, private readonly embedded: Embedded) {}

  async source(model: SourceModel): Promise<Source> {
    const known = this.sources.get(model);
    if (known !== undefined) return known;
    const source = await this.bring(this.embedded.models[model]);
    this.sources.set(model, source);
    return source;
  }

  async merge(id: BaselineId, settings: MergeSettings): Promise<Source> {
    if (this.merged !== undefined && this.mergedAs === id) return this.merged;
    const { base, ...experts } = this.embedded.models;
    const { config, weights } = merge(base, EXPERTS.map((expert) => experts[expert]), settings);
    this.mergedAs = undefined;
    if (this.merged === undefined) this.merged = await this.bring({ config, weights });
    else this.merged.store.load(weights);
    this.mergedAs = id;
    return this.merged;
  }

  async joined(): Promise<Ensemble> {
    if (this.ensemble !== undefined) return this.ensemble;
    const stores: ParameterStore[] = [];
    for (const expert of EXPERTS) stores.push((await this.source(expert)).store);
    return (this.ensemble ??= new Ensemble(stores));
  }

  dispose(): void {
    this.ensemble?.dispose();
    for (const { store, generator } of [...this.sources.values(), ...(this.merged === undefined ? [] : [this.merged])]) {
      generator.dispose();
      store.dispose();
    }
    this.sources.clear();
    this.merged = undefined;
    this.mergedAs = undefined;
    this.ensemble = undefined;
  }

  private async bring(host: Pick<HostModel, 'config' | 'weights'>): Promise<Source> {
    const store = await openStore(this.gpu, host);
    try {
      const generator = new Generator(store);
      await this.gpu.ready();
      return { store, generator };
    } catch (error) {
      store.dispose();
      throw error;
    }
  }
}

/** The model's weights on the GPU. @throws Refusal where they do not fit in there. */
export async function openStore(gpu: Gpu, { config, weights }: Pick<HostModel, 'config' | 'weights'>): Promise<ParameterStore> {
  const store = new ParameterStore(gpu, config, FROZEN);
  try {
    store.load(weights);
    await gpu.ready();
    return store;
  } catch (error) {
    store.dispose();
    throw error;
  }
}
