import type { EncodedRow } from '../data/rows';
import { Refusal } from '../errors/refusal';
import { BatchDecoder } from '../model/batch_decoder';
import type { ParameterStore } from '../model/store';
import type { Answerer, ScoreOptions } from './answerer';
import { greedyAnswers, type Decoder } from './greedy';
import { DEFAULT_BATCH, modelAnswerer, type ModelAnswererOptions } from './model_answerer';
import type { WeighingOptions, Weighting } from './weights';

type Weights = readonly (readonly number[])[]; // (prompts, M)

/**
 * Answers by several models of one vocabulary at once: p(token) = Σ_m w_m·p_m(token | what was written so far), w by the prompt.
 * Probabilities are averaged, not logits: a linear opinion pool, which a member can widen but not veto.
 * Source: Genest and Zidek, "Combining Probability Distributions: A Critique and an Annotated Bibliography" (1986); deep ensembles
 * average their predictions in the same way (Lakshminarayanan et al., arXiv 1612.01474).
 * The stores stay the caller's. `weights` sees the prompt alone, never a response.
 * @throws Refusal 'mismatched-models' where the vocabularies differ, RangeError without a member.
 */
export function ensembleAnswerer(
  name: string, members: readonly ParameterStore[], weights: Weighting, options: ModelAnswererOptions = {},
): Answerer {
  const { batch = DEFAULT_BATCH, ...model } = options;
  const vocab = sharedVocabulary(members);
  const context = Math.min(...members.map(({ config }) => config.context));
  const answerers = members.map((store, m) => modelAnswerer(`${name} ${m + 1}`, store, options));
  return {
    name,
    greedy: async (prompts, greedy) => {
      // Only those that are decoded are weighed: a prompt beyond the context is not scored either.
      const usable = prompts.map((prompt) => (prompt.length > 0 && prompt.length < context ? prompt : [0]));
      const w = await weights(usable, shared(greedy));
      return greedyAnswers(prompts, greedy, { batch, context }, (size, order) =>
        pooled(members.map((store) => new BatchDecoder(store, { ...size, ...model })), order.map((i) => w[i] ?? []), vocab));
    },
    logProbs: async (rows, score = {}) => {
      const { onProgress } = score;
      const w = await weights(rows.map(promptOf), shared(score));
      const parts: (readonly Float64Array[])[] = [];
      for (const answerer of answerers) {
        const before = parts.length;
        const onPart = (done: number): void => onProgress?.(Math.floor((before * rows.length + done) / members.length), rows.length);
        parts.push(await answerer.logProbs(rows, { ...shared(score), onProgress: onPart }));
      }
      return rows.map((_, i) => poolLogProbs(parts.map((part) => part[i] ?? new Float64Array(0)), w[i] ?? []));
    },
    dispose: () => { for (const answerer of answerers) answerer.dispose(); },
  };
}

/** ln Σ_m w_m·exp(l_m) token by token, from each member's ln p: (M) arrays of one length, shorter where a member was cut off. */
export function poolLogProbs(logProbs: readonly Float64Array[], weights: readonly number[]): Float64Array {
  const tokens = Math.min(...logProbs.map(({ length }) => length));
  return Float64Array.from({ length: tokens }, (_, t) => {
    // The largest is taken out first: exp underflows below -745.
    const largest = Math.max(...logProbs.map((member, m) => (weights[m] === 0 ? -Infinity : member[t] ?? NaN)));
    if (largest === -Infinity) return -Infinity;
    const mixed = logProbs.reduce((sum, member, m) => (weights[m] === 0 ? sum : sum + (weights[m] ?? NaN) * Math.exp((member[t] ?? NaN) - largest)), 0);
    return largest + Math.log(mixed);
  });
}

/** Σ_m w_m·softmax(logits_m): logits (M) of (prompts, V), weights (prompts, M) -> (prompts, V). */
export function poolProbabilities(logits: readonly Float32Array[], weights: Weights, V: number): Float64Array {
  const pooled = new Float64Array(weights.length * V);
  const terms = new Float64Array(V);
  weights.forEach((row, b) => {
    logits.forEach((member, m) => {
      const values = member.subarray(b * V, (b + 1) * V);
      const largest = values.reduce((most, value) => Math.max(most, value), -Infinity);
      let total = 0;
      values.forEach((value, id) => { total += (terms[id] = Math.exp(value - largest)); });
      const scale = (row[m] ?? 0) / total;
      terms.forEach((term, id) => { pooled[b * V + id] = (pooled[b * V + id] ?? 0) + scale * term; });
    });
  });
  return pooled;
}

/** Decoders in step with each other: every one gets every token. `weights` stand in the order in which prompts are started. */
function pooled(decoders: readonly BatchDecoder[], weights: Weights, V: number): Decoder {
  let started = 0;
  let current: Weights = [];
  const mix = async (run: (decoder: BatchDecoder) => Promise<Float32Array>): Promise<Float64Array> =>
    poolProbabilities(await Promise.all(decoders.map(run)), current, V);
  return {
    start: (prompts) => {
      current = weights.slice(started, started + prompts.length);
      started += prompts.length;
      return mix((decoder) => decoder.start(prompts));
    },
    step: (ids) => mix((decoder) => decoder.step(ids)),
    dispose: () => { for (const decoder of decoders) decoder.dispose(); },
  };
}

function promptOf({ ids, promptLength }: EncodedRow): number[] {
  return [...ids.subarray(0, promptLength)];
}

/** What holds for every member alike; progress is the ensemble's own. */
function shared({ signal, between }: ScoreOptions): WeighingOptions {
  return { ...(signal === undefined ? {} : { signal }), ...(between === undefined ? {} : { between }) };
}

function sharedVocabulary(members: readonly ParameterStore[]): number {
  const vocab = members[0]?.config.vocab;
  if (vocab === undefined) throw new RangeError('an ensemble has one member at least');
  const other = members.findIndex(({ config }) => config.vocab !== vocab);
  if (other < 0) return vocab;
  throw new Refusal('mismatched-models', {
    file: `member ${other + 1}`, field: 'vocab_size', expected: `${vocab} as in the first member`, got: String(members[other]?.config.vocab),
    fix: 'join models of one tokenizer',
  });
}
