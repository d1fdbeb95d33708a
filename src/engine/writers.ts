import { encodePrompt } from '../data/encode';
import { promptText } from '../data/prompt';
import { Refusal } from '../errors/refusal';
import type { Gpu } from '../gpu/gpu';
import { Generator, type GeneratedToken, type GenerateOptions } from '../model/generate';
import type { ParameterStore } from '../model/store';
import { voicesAt } from './alone';
import { baselineOf, isBaseline } from './baselines';
import type { Embedded } from './embedded';
import { Departure, interventionOf } from './intervention';
import { instructionOf } from './manifest';
import type {
  AloneRequest, AnswerModel, BaselineId, GenerateRequest, RouterIntervention, SourceModel, StopReason, TokenRouting, Voice,
} from './protocol';
import { Sources } from './sources';

export interface WrittenToken {
  readonly text: string;
  /** The tokens that make it. */
  readonly ids: readonly number[];
  readonly routing?: TokenRouting;
}

export interface WrittenAnswer {
  readonly reason: StopReason;
  /** One number for each written token, where there was an intervention and no stop. */
  readonly kl?: readonly number[];
}

/** Tokens after a prompt, one at a time. */
type Run = (ids: readonly number[], options: GenerateOptions) => AsyncIterable<GeneratedToken>;

/** The models that write: those that are loaded, what is made of them, and the fused one, which belongs to its run. */
export class Writers {
  private fused: Generator | undefined;
  private readonly sources: Sources;

  constructor(gpu: Gpu, private readonly embedded: Embedded) {
    this.sources = new Sources(gpu, embedded);
  }

  /** The generator reads the run's weights where they are: an answer is that of the newest step. */
  setFused(store: ParameterStore | undefined): void {
    this.fused?.dispose();
    this.fused = store && new Generator(store);
  }

  /**
   * Writes one answer, token by token.
   * @throws Refusal for a prompt that is empty or longer than the context, for 'fused' before there is one, and for an
   *   intervention that it cannot follow or that is of another model.
   */
  async write(request: GenerateRequest, signal: AbortSignal, onToken: (token: WrittenToken) => void): Promise<WrittenAnswer> {
    const { tokenizer } = this.embedded;
    const ids = this.encode(request.prompt);
    const { run, departure } = request.intervention === undefined
      ? { run: await this.writer(request.model), departure: undefined }
      : this.steered(request.model, request.intervention, ids);
    const eos = this.eos();
    const stream = tokenizer.stream();
    const { maxNewTokens, temperature, topP, seed } = request;
    const show = (token: WrittenToken): void => {
      onToken(token);
      departure?.shown();
    };
    let ended = false;
    let piece: number[] = [];
    for await (const token of run(ids, { maxNewTokens, temperature, topP, seed, eos, signal })) {
      if (signal.aborted) return { reason: 'cancelled' };
      ended = eos.includes(token.id);
      piece.push(token.id);
      const text = stream.push(token.id);
      if (text === '') continue;
      show({ text, ids: piece, ...routingOf(token) });
      piece = [];
    }
    const rest = stream.flush();
    if (rest !== '') show({ text: rest, ids: piece });
    if (signal.aborted) return { reason: 'cancelled' };
    const kl = await departure?.measure(signal);
    return { reason: ended ? 'end' : 'length', ...(kl === undefined ? {} : { kl }) };
  }

  /**
   * What the fused model, and each of its experts alone, say at one place of an answer. Undefined where it was stopped.
   * @throws Refusal as `write` does, and for tokens that are unknown or too many.
   */
  async alone({ prompt, before, chosen }: AloneRequest, signal: AbortSignal): Promise<readonly Voice[] | undefined> {
    const generator = this.requireFused();
    const eos = this.eos();
    // What a token reads as depends on those before it.
    const read = (id: number): string => {
      if (eos.includes(id)) return '';
      const stream = this.embedded.tokenizer.stream();
      for (const earlier of before) stream.push(earlier);
      return stream.push(id) + stream.flush();
    };
    return voicesAt(generator, { prompt: this.encode(prompt), before, chosen, read }, signal);
  }

  private encode(prompt: string): readonly number[] {
    const { manifest, tokenizer } = this.embedded;
    if (prompt.trim() === '') {
      throw new Refusal('bad-option', { file: 'the prompt', expected: 'some text', got: 'none', fix: 'write a prompt' });
    }
    return encodePrompt(tokenizer, promptText({ instruction: instructionOf(manifest, prompt.trim()) }, manifest.template));
  }

  private eos(): readonly number[] {
    const { tokenizer, models: { base: { config } } } = this.embedded;
    return config.eos ?? (tokenizer.eos === undefined ? [] : [tokenizer.eos]);
  }

  private steered(model: AnswerModel, intervention: RouterIntervention, prompt: readonly number[]): { readonly run: Run; readonly departure: Departure } {
    if (model !== 'fused') {
      throw new Refusal('bad-option', { file: 'the intervention', expected: 'the fused model, which alone has a router', got: model, fix: 'ask the fused model' });
    }
    const generator = this.requireFused();
    const departure = new Departure(generator, prompt);
    const how = interventionOf(intervention);
    return { run: (ids, options) => departure.keep(generator.run(ids, options, how)), departure };
  }

  /** Where one of the four stands, for what else reads its weights. */
  async sourceStore(model: SourceModel): Promise<ParameterStore> {
    return (await this.sources.source(model)).store;
  }

  /** Frees the models that were brought; the fused one's weights stay with its run. */
  dispose(): void {
    this.setFused(undefined);
    this.sources.dispose();
  }

  private async writer(model: AnswerModel): Promise<Run> {
    if (isBaseline(model)) return this.baseline(model);
    const generator = model === 'fused' ? this.requireFused() : (await this.sources.source(model)).generator;
    return (ids, options) => generator.run(ids, options);
  }

  private async baseline(id: BaselineId): Promise<Run> {
    const baseline = baselineOf(this.embedded.manifest, id);
    if ('settings' in baseline) {
      const { generator } = await this.sources.merge(id, baseline.settings);
      return (ids, options) => generator.run(ids, options);
    }
    const ensemble = await this.sources.joined();
    const temperature = baseline.id === 'ensemble-perplexity' ? baseline.temperature : undefined;
    return (ids, options) => ensemble.run(ids, options, temperature);
  }

  private requireFused(): Generator {
    if (this.fused !== undefined) return this.fused;
    throw noFusedModel();
  }
}

export function noFusedModel(): Refusal {
  return new Refusal('bad-option', { file: 'the fused model', expected: 'a run', got: 'none', fix: 'fuse the three models first' });
}

function routingOf({ routing }: GeneratedToken): { routing?: TokenRouting } {
  const experts = routing[0]?.probabilities.length ?? 0;
  if (experts === 0) return {};
  return {
    routing: {
      layers: routing.length,
      experts,
      logits: Float32Array.from(routing.flatMap(({ logits }) => logits)),
      probabilities: Float32Array.from(routing.flatMap(({ probabilities }) => probabilities)),
      shares: Float32Array.from(routing.flatMap(({ shares }) => shares)),
      adds: Float32Array.from(routing.flatMap(({ adds }) => adds)),
      stream: Float32Array.from(routing.map(({ stream }) => stream)),
    },
  };
}
