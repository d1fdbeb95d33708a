import { Refusal } from '../errors/refusal';
import { poolProbabilities } from '../eval/ensemble';
import { modelAnswerer } from '../eval/model_answerer';
import { perplexityWeights, PromptLosses, uniformWeights, type Weighting } from '../eval/weights';
import { BatchDecoder } from '../model/batch_decoder';
import type { GenerateOptions, GeneratedToken } from '../model/generate';
import { argmax, sample, type Sampling } from '../model/sample';
import type { ParameterStore } from '../model/store';
import { Random } from '../random/random';

/** Models that write one answer together: each is given every token, and the next is drawn from their pooled probabilities. */
export class Ensemble {
  private readonly decoders: readonly BatchDecoder[];
  private readonly losses: PromptLosses;
  private readonly vocab: number;
  private readonly context: number;

  /** @param members of one vocabulary; they stay the caller's */
  constructor(private readonly members: readonly ParameterStore[]) {
    this.decoders = members.map((store) => new BatchDecoder(store, { batch: 1 }));
    this.losses = new PromptLosses(members.map((store, m) => modelAnswerer(`member ${String(m + 1)}`, store, { batch: 1 })));
    this.vocab = members[0]?.config.vocab ?? 0;
    this.context = Math.min(...members.map(({ config }) => config.context));
  }

  /**
   * @param temperature of the weights by prompt perplexity; without it all count alike
   * @throws Refusal 'too-long' for a prompt beyond the context
   */
  async *run(ids: readonly number[], options: GenerateOptions, temperature?: number): AsyncGenerator<GeneratedToken, void> {
    if (ids.length > this.context) {
      const expected = `at most ${String(this.context)} tokens, the models' context`;
      throw new Refusal('too-long', { file: 'the prompt', expected, got: String(ids.length), fix: 'shorten the prompt' });
    }
    const { signal, eos, maxNewTokens, seed } = options;
    const stopped = (): boolean => signal?.aborted === true;
    const random = new Random(seed);
    const weights = await this.weighting(temperature)([ids], signal === undefined ? {} : { signal });
    const pooled = async (run: (decoder: BatchDecoder) => Promise<Float32Array>): Promise<Float64Array> =>
      poolProbabilities(await Promise.all(this.decoders.map(run)), weights, this.vocab);
    if (stopped()) return;
    let probabilities = await pooled((decoder) => decoder.start([ids]));
    for (let written = 1; written <= maxNewTokens; written++) {
      const id = draw(probabilities, options, random);
      yield { id, routing: [] };
      if (eos.includes(id) || ids.length + written > this.context || stopped()) return;
      if (written < maxNewTokens) probabilities = await pooled((decoder) => decoder.step([id]));
    }
  }

  /** Frees what is its own; the members stay. */
  dispose(): void {
    for (const decoder of this.decoders) decoder.dispose();
  }

  private weighting(temperature: number | undefined): Weighting {
    return temperature === undefined ? uniformWeights(this.members.length) : perplexityWeights(this.losses, temperature);
  }
}

/** The most likely token in double precision, as an ensemble is measured; else the sampler of single models on ln p. */
function draw(probabilities: Float64Array, sampling: Sampling, random: Random): number {
  return sampling.temperature <= 0 ? argmax(probabilities) : sample(Float32Array.from(probabilities, Math.log), sampling, random);
}
