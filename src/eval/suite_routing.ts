import { encodePrompt } from '../data/encode';
import type { Tokenizer } from '../data/tokenizer';
import type { ParameterStore } from '../model/store';
import { confusion, routerRecords, type RoutingOptions } from './routing';
import type { Suite } from './suite';

/** What the routers make of a suite's prompts, against the kind of each. Every list goes by the experts' order. */
export interface SuiteRouting {
  readonly experts: readonly string[];
  /** Prompts looked at: of kinds that an expert is named after, and that fit into the context. */
  readonly rows: number;
  /** Share of them whose most probable expert (mean over tokens and layers, before top-k) is that of their kind. */
  readonly accuracy: number;
  /** Prompts of kind d whose most probable expert is e: (E, E). */
  readonly confusion: readonly (readonly number[])[];
  /** Mean router probabilities of the prompts of each kind: (E, E); null for a kind without prompts. */
  readonly probabilities: readonly (readonly number[] | null)[];
  /** Share of all slots (token, k) that went to each expert: (E). */
  readonly slots: readonly number[];
}

/** Undefined for a dense model, for experts without names, and where no expert is named after a kind that has prompts. */
export async function suiteRouting(
  store: ParameterStore, suite: Suite, tokenizer: Tokenizer, options: RoutingOptions = {},
): Promise<SuiteRouting | undefined> {
  const { experts: E, expertNames: experts, context } = store.config;
  if (E === 1 || experts === undefined) return undefined;
  const labelled = (['helpful', 'harmless', 'honest'] as const).flatMap((kind) => {
    const label = experts.indexOf(kind);
    return label < 0 ? [] : suite[kind].map(({ prompt }) => ({ ids: encodePrompt(tokenizer, prompt), label }));
  }).filter(({ ids }) => ids.length <= context);
  if (labelled.length === 0) return undefined;
  const labels = labelled.map(({ label }) => label);
  const prompts = labelled.map(({ ids }) => ({ ids: Uint32Array.from(ids), promptLength: ids.length }));
  const { mean, slotsOverall } = await routerRecords(store, prompts, options);
  const { counts, accuracy } = confusion(mean, labels, E);
  return {
    experts, rows: labelled.length, accuracy, confusion: counts, slots: slotsOverall,
    probabilities: experts.map((_, kind) => columnMeans(mean.filter((__, i) => labels[i] === kind))),
  };
}

function columnMeans(rows: readonly (readonly number[])[]): number[] | null {
  const [first] = rows;
  if (first === undefined) return null;
  return first.map((_, e) => rows.reduce((sum, row) => sum + (row[e] ?? NaN), 0) / rows.length);
}
