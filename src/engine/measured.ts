import type { Answerer } from '../eval/answerer';
import { ensembleAnswerer } from '../eval/ensemble';
import { modelAnswerer } from '../eval/model_answerer';
import { perplexityWeights, PromptLosses, uniformWeights } from '../eval/weights';
import type { ModelConfig } from '../formats/hf_config';
import type { HostModel } from '../fusion/assemble';
import { merge } from '../fusion/merge/merge';
import type { Gpu } from '../gpu/gpu';
import { downloadMerged } from '../model/merge';
import { FROZEN } from '../model/policy';
import { ParameterStore } from '../model/store';
import type { FusionInput } from '../train/fusion_run';
import { baselineOf, isBaseline } from './baselines';
import type { Embedded } from './embedded';
import { EXPERTS, type AnswerModel, type BaselineId } from './protocol';
import { noFusedModel, type Writers } from './writers';

/** What models are taken from. */
export interface Models {
  readonly gpu: Gpu;
  readonly embedded: Embedded;
  readonly writers: Writers;
  /** The run whose model is 'fused', a FusionRun; undefined before the first. */
  readonly fused: () => { readonly store: ParameterStore; readonly trainer: { readonly step: number }; readonly sources: FusedFrom } | undefined;
}

/** Models that were fused, which need not be loaded any more. */
type FusedFrom = Pick<FusionInput, 'base' | 'experts'>;

/** A model that stands on the GPU as long as it is measured. */
export interface Measured {
  readonly answerer: Answerer;
  readonly config: Pick<ModelConfig, 'eos' | 'context'>;
  /** Of the fused one. */
  readonly step?: number;
  readonly close: () => void;
}

/** The fused model's weights as they are after a step, adapters merged into the experts: what is saved of it, too. */
export interface Snapshot {
  readonly host: HostModel;
  readonly step: number;
  readonly sources: FusedFrom;
}

/**
 * Brings a model up for measuring. Aligned models and ensembles of them are measured where they answer. A merge and a copy of
 * the fused model get a place of their own, so that neither an answer nor a step in between changes what is measured.
 */
export async function openMeasured(model: AnswerModel, models: Models): Promise<Measured> {
  if (model === 'fused') {
    const { host, step } = await snapshotFused(models);
    return { ...await openHost(models.gpu, host, model), step };
  }
  return isBaseline(model) ? openBaseline(model, models) : placed(model, await models.writers.sourceStore(model), () => undefined);
}

/** Waits for the GPU. @throws Refusal 'bad-option' before the first run. */
export async function snapshotFused({ fused }: Pick<Models, 'fused'>): Promise<Snapshot> {
  const run = fused();
  if (run === undefined) throw noFusedModel();
  const { step } = run.trainer;
  return { host: { name: 'fused', config: run.store.config, weights: await downloadMerged(run.store) }, step, sources: run.sources };
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

async function openHost(gpu: Gpu, host: Pick<HostModel, 'config' | 'weights'>, name: string): Promise<Measured> {
  const store = await openStore(gpu, host);
  return placed(name, store, () => { store.dispose(); });
}

async function openBaseline(id: BaselineId, { gpu, embedded: { manifest, models }, writers }: Models): Promise<Measured> {
  const baseline = baselineOf(manifest, id);
  if ('settings' in baseline) return openHost(gpu, merge(models.base, EXPERTS.map((expert) => models[expert]), baseline.settings), id);
  const stores: ParameterStore[] = [];
  for (const expert of EXPERTS) stores.push(await writers.sourceStore(expert));
  const weights = baseline.id === 'ensemble-mean' ? uniformWeights(stores.length)
    : perplexityWeights(new PromptLosses(stores.map((store, m) => modelAnswerer(`member ${String(m + 1)}`, store))), baseline.temperature);
  const context = Math.min(...stores.map(({ config }) => config.context));
  const answerer = ensembleAnswerer(id, stores, weights);
  return { answerer, config: { ...models.base.config, context }, close: () => { answerer.dispose(); } };
}

function placed(name: string, store: ParameterStore, close: () => void): Measured {
  return { answerer: modelAnswerer(name, store), config: store.config, close };
}
