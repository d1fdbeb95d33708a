import { encodePrompt } from '../data/encode';
import { Refusal } from '../errors/refusal';
import { driftMap } from '../eval/drift_map';
import { requireNotAborted } from '../eval/evaluate';
import { meanHiddenStates } from '../eval/hidden_states';
import type { DriftMap, MappedModel } from './evaluation';
import type { EvaluatorParts, Session } from './evaluator';
import { openPlaced, type Placed } from './measured';
import { secondsSince } from './measures';
import { EXPERTS } from './protocol';

/** What is made of the three without training and has hidden states of its own; an ensemble has none. */
const MERGED = ['soup', 'task-arithmetic', 'ties', 'dare', 'slerp'] as const;

interface Prompts {
  readonly ids: readonly (readonly number[])[];
  /** The expert of each one's kind. */
  readonly labels: readonly number[];
}

/** Reads every model's mean hidden states over the suite's prompts. @throws Refusal 'cancelled' once the signal is aborted. */
export async function mapModels(parts: EvaluatorParts, session: Session): Promise<DriftMap> {
  const started = performance.now();
  const prompts = promptsOf(parts, session);
  const states = async (model: MappedModel['model'], { store, close }: Placed): Promise<Float64Array[]> => {
    const { signal, between, onProgress } = session;
    try {
      const means = await meanHiddenStates(store, prompts.ids, { signal, between, onProgress: (done, total) => { onProgress({ model, done, total }); } });
      requireNotAborted(signal);
      return means;
    } finally {
      close();
    }
  };
  requireNotAborted(session.signal);
  const base = driftMap(await states('base', await openPlaced('base', parts)), prompts.labels, EXPERTS.length);
  const models: MappedModel[] = [{ model: 'base', places: base.places, distance: 0, inPlane: null }];
  const others = [...EXPERTS, ...MERGED, ...(parts.fused() === undefined ? [] : ['fused' as const])];
  for (const model of others) {
    const placed = await openPlaced(model, parts);
    const step = placed.step === undefined ? {} : { step: placed.step };
    models.push({ model, ...step, ...base.place(await states(model, placed)) });
  }
  return {
    rows: EXPERTS.map((_, kind) => prompts.labels.filter((label) => label === kind).length),
    explained: base.explained, models,
    cloud: EXPERTS.map((_, kind) => base.cloud.filter((__, i) => prompts.labels[i] === kind)),
    seconds: secondsSince(started),
  };
}

/** The prompts that fit the context. @throws Refusal 'empty-dataset' for a kind without one. */
function promptsOf({ embedded: { tokenizer, models: { base } } }: EvaluatorParts, { suite }: Session): Prompts {
  const all = EXPERTS.flatMap((kind, label) => suite[kind].map(({ prompt }) => ({ ids: encodePrompt(tokenizer, prompt), label })))
    .filter(({ ids }) => ids.length > 0 && ids.length <= base.config.context);
  const empty = EXPERTS.find((_, kind) => all.every(({ label }) => label !== kind));
  if (empty !== undefined) {
    throw new Refusal('empty-dataset', {
      file: 'the suite', field: empty, expected: 'a prompt that fits the context', got: 'none', fix: 'restore its files and reload',
    });
  }
  return { ids: all.map(({ ids }) => ids), labels: all.map(({ label }) => label) };
}
