import type { Answerer } from '../eval/answerer';
import { ensembleAnswerer } from '../eval/ensemble';
import { modelAnswerer } from '../eval/model_answerer';
import { perplexityWeights, PromptLosses, uniformWeights } from '../eval/weights';
import type { ModelConfig } from '../formats/hf_config';
import type { HostModel } from '../fusion/assemble';
import { merge } from '../fusion/merge/merge';
import type { MergeSettings } from '../fusion/merge/settings';
import type { Gpu } from '../gpu/gpu';
import { downloadMerged } from '../model/merge';
import type { ParameterStore } from '../model/store';
import type { FusionInput } from '../train/fusion_run';
import { baselineOf, isBaseline } from './baselines';
import type { Embedded } from './embedded';
import { EXPERTS, type AnswerModel, type BaselineId } from './protocol';
import { openStore } from './sources';
import { noFusedModel, type Writers } from './writers';

type EnsembleId = Extract<BaselineId, `ensemble-${string}`>;

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

/** One model's weights on the GPU. */
export interface Placed {
  readonly store: ParameterStore;
  /** Of the fused one. */
  readonly step?: number;
  readonly close: () => void;
}

/**
 * Brings a model up for measuring. Aligned models and ensembles of them are measured where they answer. A merge and a copy of
 * the fused model get a place of their own, so that neither an answer nor a step in between changes what is measured.
 */
export async function openMeasured(model: AnswerModel, models: Models): Promise<Measured> {
  if (model === 'ensemble-mean' || model === 'ensemble-perplexity') return openEnsemble(model, models);
  return measuredOf(model, await openPlaced(model, models));
}

/** Every model but an ensemble, which has no weights of its own. */
export async function openPlaced(model: Exclude<AnswerModel, EnsembleId>, models: Models): Promise<Placed> {
  if (model === 'fused') {
    const { host, step } = await snapshotFused(models);
    return { ...await openHost(models.gpu, host), step };
  }
  if (!isBaseline(model)) return { store: await models.writers.sourceStore(model), close: () => undefined };
  const baseline = baselineOf(models.embedded.manifest, model);
  if (!('settings' in baseline)) throw new RangeError(`${model} has no weights of its own`);
  return openMerge(baseline.settings, models);
}

/** The aligned models merged in a way of the caller's. @throws Refusal 'bad-option' for a setting out of its range. */
export async function openMerge(settings: MergeSettings, { gpu, embedded: { models } }: Models): Promise<Placed> {
  return openHost(gpu, merge(models.base, EXPERTS.map((expert) => models[expert]), settings));
}

export function measuredOf(name: string, { store, step, close }: Placed): Measured {
  return { answerer: modelAnswerer(name, store), config: store.config, close, ...(step === undefined ? {} : { step }) };
}

/** Waits for the GPU. @throws Refusal 'bad-option' before the first run. */
export async function snapshotFused({ fused }: Pick<Models, 'fused'>): Promise<Snapshot> {
  const run = fused();
  if (run === undefined) throw noFusedModel();
  const { step } = run.trainer;
  return { host: { name: 'fused', config: run.store.config, weights: await downloadMerged(run.store) }, step, sources: run.sources };
}

async function openHost(gpu: Gpu, host: Pick<HostModel, 'config' | 'weights'>): Promise<Placed> {
  const store = await openStore(gpu, host);
  return { store, close: () => { store.dispose(); } };
}

async function openEnsemble(id: EnsembleId, { embedded: { manifest, models }, writers }: Models): Promise<Measured> {
  const baseline = baselineOf(manifest, id);
  const stores: ParameterStore[] = [];
  for (const expert of EXPERTS) stores.push(await writers.sourceStore(expert));
  const weights = baseline.id !== 'ensemble-perplexity' ? uniformWeights(stores.length)
    : perplexityWeights(new PromptLosses(stores.map((store, m) => modelAnswerer(`member ${String(m + 1)}`, store))), baseline.temperature);
  const context = Math.min(...stores.map(({ config }) => config.context));
  const answerer = ensembleAnswerer(id, stores, weights);
  return { answerer, config: { ...models.base.config, context }, close: () => { answerer.dispose(); } };
}
