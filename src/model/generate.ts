import { Refusal } from '../errors/refusal';
import { Random } from '../random/random';
import { GenerationPlans, type LayerRouting, type Step } from './generation_plans';
import { requireIntervention, type Intervention } from './intervention';
import { KvCache } from './kv_cache';
import { sample, type Sampling } from './sample';
import type { ParameterStore } from './store';
import type { Transformer } from './transformer';

export interface GenerateOptions extends Sampling {
  readonly maxNewTokens: number;
  readonly seed: number;
  /** Generation stops after one of these. */
  readonly eos: readonly number[];
  readonly signal?: AbortSignal;
}

export interface GeneratedToken {
  readonly id: number;
  /** Per layer; empty for a dense model. */
  readonly routing: readonly LayerRouting[];
}

/** A token with what it was drawn from. */
export interface DrawnToken extends GeneratedToken {
  readonly logits: Float32Array<ArrayBuffer>; // (V)
}

export interface FollowOptions {
  /** Text between the prompt and the tokens that are followed: it is read in one pass with the prompt. */
  readonly after?: readonly number[];
  readonly intervention?: Intervention;
  readonly signal?: AbortSignal;
}

const PREFILL_STEP = 16;

/** Writes text with a KV cache: the prompt in one padded pass, then a token at a time. */
export class Generator {
  private readonly cache: KvCache;
  private readonly plans: GenerationPlans;

  constructor(private readonly store: ParameterStore, options: { readonly topK?: number; readonly capacity?: number } = {}) {
    const { gpu, config } = store;
    // Two places at least: a plan of one position is the decoding one.
    this.cache = new KvCache(gpu, config, Math.max(2, Math.min(options.capacity ?? config.context, config.context)));
    this.plans = new GenerationPlans(store, this.cache, options.topK ?? config.topK);
  }

  /** Logits of the position after `ids`; with it the router of every layer and row. Waits for the GPU. */
  async logits(ids: readonly number[]): Promise<{ logits: Float32Array<ArrayBuffer>; router: number[][][] }> {
    this.check(ids);
    const { model, step } = await this.prefill(ids);
    const E = this.store.config.experts;
    const router: number[][][] = [];
    for (const { probs } of model.routers) {
      const values = await this.store.gpu.read(probs);
      router.push(ids.map((_, t) => [...values.subarray(t * E, (t + 1) * E)]));
    }
    return { logits: step.logits, router };
  }

  /** @throws Refusal for a prompt that `check` refuses, and for an intervention that the model cannot follow. */
  async *run(ids: readonly number[], options: GenerateOptions, intervention?: Intervention): AsyncGenerator<DrawnToken, void> {
    this.check(ids);
    if (intervention) requireIntervention(intervention, this.store.config);
    const random = new Random(options.seed);
    let { step } = await this.prefill(ids, intervention);
    for (let written = 0; written < options.maxNewTokens; written++) {
      const { logits, routing } = step;
      const id = sample(logits, options, random);
      yield { id, routing, logits };
      const position = ids.length + written;
      if (options.eos.includes(id) || position >= this.cache.capacity || options.signal?.aborted === true) return;
      if (written + 1 < options.maxNewTokens) step = await this.decode(id, position, intervention);
    }
  }

  /**
   * Logits (V) for the place of each of `tokens` in turn, given the prompt, `after` and those before it: what the model says to a text that
   * another may have written. Ends early when it is aborted.
   * @throws Refusal as `run` does, and for a text longer than the context.
   */
  async *follow(
    ids: readonly number[], tokens: readonly number[], { after = [], intervention, signal }: FollowOptions = {},
  ): AsyncGenerator<Float32Array<ArrayBuffer>, void> {
    this.check(ids);
    const begun = [...ids, ...after];
    this.check([...begun, ...tokens.slice(0, -1)], 'the text');
    if (intervention) requireIntervention(intervention, this.store.config);
    for (const i of tokens.keys()) {
      const before = tokens[i - 1];
      const { logits } = before === undefined ? (await this.prefill(begun, intervention, ids.length)).step : await this.decode(before, begun.length + i - 1, intervention);
      if (signal?.aborted === true) return;
      yield logits;
    }
  }

  dispose(): void {
    this.plans.dispose();
    this.cache.dispose();
  }

  /** @param promptLength of `ids`, what is the prompt */
  private async prefill(ids: readonly number[], how?: Intervention, promptLength = ids.length): Promise<{ readonly model: Transformer; readonly step: Step }> {
    const T = Math.max(2, Math.min(Math.ceil(ids.length / PREFILL_STEP) * PREFILL_STEP, this.cache.capacity));
    const plan = await this.plans.get(T, how);
    const { gpu } = this.store;
    const { inputs, logits } = plan.model;
    gpu.write(inputs.ids, Uint32Array.from({ length: T }, (_, t) => ids[t] ?? 0));
    gpu.write(inputs.lengths, Uint32Array.of(ids.length));
    gpu.write(inputs.promptLengths, Uint32Array.of(promptLength));
    if (logits) gpu.write(logits.rows, Uint32Array.of(ids.length - 1));
    return { model: plan.model, step: await this.plans.execute(plan, ids.length - 1) };
  }

  private async decode(id: number, position: number, how?: Intervention): Promise<Step> {
    const plan = await this.plans.get(1, how);
    const { gpu } = this.store;
    const { inputs, logits, positioned } = plan.model;
    for (const op of positioned) op.setPosition(position);
    gpu.write(inputs.ids, Uint32Array.of(id));
    gpu.write(inputs.lengths, Uint32Array.of(0xffffffff));
    gpu.write(inputs.promptLengths, Uint32Array.of(1));
    if (logits) gpu.write(logits.rows, Uint32Array.of(0));
    return this.plans.execute(plan, 0);
  }

  /** @throws Refusal for ids outside the vocabulary, and for a prompt that leaves no room for an answer. */
  private check(ids: readonly number[], what = 'the prompt'): void {
    const { vocab } = this.store.config;
    const stranger = ids.findIndex((id) => !Number.isInteger(id) || id < 0 || id >= vocab);
    if (ids.length === 0 || stranger >= 0) {
      throw new Refusal('bad-option', {
        file: what, field: stranger < 0 ? 'ids' : `id ${stranger + 1}`,
        expected: `token ids from 0 to ${vocab - 1}`, got: stranger < 0 ? 'none' : String(ids[stranger]), fix: 'give a prompt of known tokens',
      });
    }
    if (ids.length > this.cache.capacity) {
      throw new Refusal('too-long', {
        file: what, expected: `at most ${this.cache.capacity} tokens, the model's context`, got: `${ids.length}`, fix: `shorten ${what}`,
      });
    }
  }
}
