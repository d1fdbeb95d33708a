import { encodePrompt } from '../data/encode';
import { promptText } from '../data/prompt';
import { Refusal } from '../errors/refusal';
import type { Gpu } from '../gpu/gpu';
import { Generator, type GeneratedToken } from '../model/generate';
import { FROZEN } from '../model/policy';
import { ParameterStore } from '../model/store';
import type { Embedded } from './embedded';
import { instructionOf } from './manifest';
import type { GenerateRequest, SourceModel, StopReason, TokenRouting } from './protocol';

export interface WrittenToken {
  readonly text: string;
  readonly routing?: TokenRouting;
}

/** The models that write. Each of the four is brought to the GPU when it is asked first; the fused one belongs to its run. */
export class Writers {
  private readonly sources = new Map<SourceModel, { readonly store: ParameterStore; readonly generator: Generator }>();
  private fused: Generator | undefined;

  constructor(private readonly gpu: Gpu, private readonly embedded: Embedded) {}

  /** The generator reads the run's weights where they are: an answer is that of the newest step. */
  setFused(store: ParameterStore | undefined): void {
    this.fused?.dispose();
    this.fused = store && new Generator(store);
  }

  /**
   * Writes one answer, token by token.
   * @throws Refusal for a prompt that is empty or longer than the context, and for 'fused' before there is one.
   */
  async write(request: GenerateRequest, signal: AbortSignal, onToken: (token: WrittenToken) => void): Promise<StopReason> {
    const { manifest, tokenizer, models } = this.embedded;
    if (request.prompt.trim() === '') {
      throw new Refusal('bad-option', { file: 'the prompt', expected: 'some text', got: 'none', fix: 'write a prompt' });
    }
    const generator = await this.generator(request.model);
    const ids = encodePrompt(tokenizer, promptText({ instruction: instructionOf(manifest, request.prompt.trim()) }, manifest.template));
    const { config } = models.base;
    const eos = config.eos ?? (tokenizer.eos === undefined ? [] : [tokenizer.eos]);
    const stream = tokenizer.stream();
    const { maxNewTokens, temperature, topP, seed } = request;
    let ended = false;
    for await (const token of generator.run(ids, { maxNewTokens, temperature, topP, seed, eos, signal })) {
      if (signal.aborted) return 'cancelled';
      ended = eos.includes(token.id);
      const text = stream.push(token.id);
      if (text !== '') onToken({ text, ...routingOf(token) });
    }
    const rest = stream.flush();
    if (rest !== '') onToken({ text: rest });
    return signal.aborted ? 'cancelled' : ended ? 'end' : 'length';
  }

  private async generator(model: GenerateRequest['model']): Promise<Generator> {
    if (model === 'fused') {
      if (this.fused !== undefined) return this.fused;
      throw new Refusal('bad-option', { file: 'the fused model', expected: 'a run', got: 'none', fix: 'fuse the three models first' });
    }
    const known = this.sources.get(model);
    if (known !== undefined) return known.generator;
    const { config, weights } = this.embedded.models[model];
    const store = new ParameterStore(this.gpu, config, FROZEN);
    try {
      store.load(weights);
      const generator = new Generator(store);
      await this.gpu.ready();
      this.sources.set(model, { store, generator });
      return generator;
    } catch (error) {
      store.dispose();
      throw error;
    }
  }
}

function routingOf({ routing }: GeneratedToken): { routing?: TokenRouting } {
  const experts = routing[0]?.probabilities.length ?? 0;
  if (experts === 0) return {};
  return {
    routing: {
      layers: routing.length,
      experts,
      probabilities: Float32Array.from(routing.flatMap(({ probabilities }) => probabilities)),
      shares: Float32Array.from(routing.flatMap(({ shares }) => shares)),
    },
  };
}
