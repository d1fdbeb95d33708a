import type { Answerer, ScoreOptions } from './answerer';

type Prompts = readonly (readonly number[])[];
export type WeighingOptions = Pick<ScoreOptions, 'signal' | 'between'>;

/** How much each of M members counts for each prompt: (prompts, M), every row sums to 1. */
export type Weighting = (prompts: Prompts, options?: WeighingOptions) => Promise<readonly (readonly number[])[]>;

/** All members count alike. */
export function uniformWeights(members: number): Weighting {
  return (prompts) => Promise.resolve(prompts.map(() => Array.from({ length: members }, () => 1 / members)));
}

/**
 * Each member counts in proportion to its weight, for every prompt alike: a linear opinion pool.
 * Source: Stone, "The Opinion Pool" (1961).
 * @throws RangeError for a negative weight, or weights without a sum.
 */
export function fixedWeights(weights: readonly number[]): Weighting {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (!(total > 0 && total < Infinity && weights.every((weight) => weight >= 0))) {
    throw new RangeError(`fixed weights: none below 0 and a sum above 0 are expected, not ${weights.join(', ')}`);
  }
  const shares = weights.map((weight) => weight / total);
  return (prompts) => Promise.resolve(prompts.map(() => shares));
}

/**
 * How well each member predicts a prompt. A prompt is scored once, however often it is asked for: a sweep over temperatures
 * or datasets' answers costs one pass.
 */
export class PromptLosses {
  private readonly known = new Map<string, readonly number[]>();

  constructor(private readonly members: readonly Pick<Answerer, 'logProbs'>[]) {}

  /**
   * (prompts, M): mean nats per prompt token, BOS excluded; 0 for a prompt of BOS alone. Waits for the GPU.
   * Where the signal is aborted, what was not reached is NaN, and is not kept.
   */
  async of(prompts: Prompts, options: WeighingOptions = {}): Promise<readonly (readonly number[])[]> {
    const keys = prompts.map((prompt) => prompt.join(' '));
    const fresh = new Map(keys.flatMap((key, i) => (this.known.has(key) ? [] : [[key, prompts[i] ?? []] as const])));
    const rows = [...fresh.values()].map((ids) => ({ ids: Uint32Array.from(ids), promptLength: 1 }));
    const losses = rows.map((): number[] => []);
    if (rows.length > 0) {
      for (const member of this.members) {
        const scored = await member.logProbs(rows, options);
        rows.forEach(({ ids }, i) => {
          const values = scored[i] ?? new Float64Array(0);
          const tokens = Math.max(ids.length - 1, 0);
          losses[i]?.push(values.length < tokens ? NaN : -values.reduce((sum, value) => sum + value, 0) / Math.max(tokens, 1));
        });
      }
    }
    const now = new Map([...fresh.keys()].map((key, i) => [key, losses[i] ?? []]));
    if (options.signal?.aborted !== true) for (const [key, values] of now) this.known.set(key, values);
    return keys.map((key) => this.known.get(key) ?? now.get(key) ?? []);
  }
}

/**
 * w = softmax_m(−loss_m(prompt) / temperature): whoever is least surprised by a prompt counts most. Towards 0 the best member
 * alone counts, towards infinity all count alike.
 * Source: Mavromatis et al., "Pack of LLMs" (arXiv 2404.11531), PackLLM-sim's weights; they mix logits, an ensemble here probabilities.
 * @throws RangeError for a temperature that is not above 0.
 */
export function perplexityWeights(losses: PromptLosses, temperature: number): Weighting {
  if (!(temperature > 0)) throw new RangeError(`perplexity weights: a temperature above 0 is expected, not ${String(temperature)}`);
  return async (prompts, options) => (await losses.of(prompts, options)).map((row) => {
    const least = Math.min(...row);
    const terms = row.map((loss) => Math.exp((least - loss) / temperature));
    const total = terms.reduce((sum, term) => sum + term, 0);
    return terms.map((term) => term / total);
  });
}
