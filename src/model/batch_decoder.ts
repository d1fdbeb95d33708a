import { ReadbackRing } from '../gpu/readback';
import { Scope } from '../gpu/scope';
import { KvCache } from './kv_cache';
import type { ParameterStore } from './store';
import { transformer, type Transformer } from './transformer';
import { Workspace } from './workspace';

export interface BatchDecoderOptions {
  /** Most prompts at once. */
  readonly batch: number;
  /** Most tokens of one sequence, prompt and answer together; at most the model's context. */
  readonly capacity?: number;
  readonly topK?: number;
  /** Bit e silences expert e; none by default. */
  readonly muted?: number;
}

interface Plan {
  readonly scope: Scope;
  readonly model: Transformer;
  readonly ring: ReadbackRing;
}

/** In the place of a token's id: the sequence takes no step. */
export const REST = -1;

const PREFILL_STEP = 4;
/** Beyond any position: no row of a decoding sequence is padding. */
const ALWAYS = 0xffffffff;

/**
 * Decodes a batch of prompts of unlike lengths with one KV cache: the prompts in one padded pass, then a token of each sequence
 * a step, every sequence at its own position. Inputs are taken as they are: ids must lie in the vocabulary.
 */
export class BatchDecoder {
  readonly capacity: number;
  private readonly workspace: Workspace;
  private readonly cache: KvCache;
  private readonly plans = new Map<number, Plan>();
  /** The next free place of each sequence. */
  private positions: number[] = [];

  constructor(private readonly store: ParameterStore, private readonly options: BatchDecoderOptions) {
    const { gpu, config } = store;
    this.workspace = new Workspace(gpu, 'batch decoding');
    // Two places at least: a plan of one position is the decoding one.
    this.capacity = Math.max(2, Math.min(options.capacity ?? config.context, config.context));
    this.cache = new KvCache(gpu, config, this.capacity, options.batch);
  }

  /**
   * Forgets what was before and reads the prompts: logits (prompts, V) of the position after each. Waits for the GPU.
   * @throws RangeError for an empty prompt, one longer than the capacity, and more prompts than the batch holds.
   */
  async start(prompts: readonly (readonly number[])[]): Promise<Float32Array> {
    const { batch } = this.options;
    const lengths = prompts.map(({ length }) => length);
    const longest = Math.max(...lengths);
    if (prompts.length === 0 || prompts.length > batch || Math.min(...lengths) < 1 || longest > this.capacity) {
      throw new RangeError(`batch decoder: ${prompts.length} prompts of up to ${longest} tokens do not fit into ${batch} of 1 to ${this.capacity}`);
    }
    const T = Math.max(2, Math.min(Math.ceil(longest / PREFILL_STEP) * PREFILL_STEP, this.capacity));
    const plan = await this.plan(T);
    const ids = new Uint32Array(batch * T);
    prompts.forEach((prompt, b) => { ids.set(prompt, b * T); });
    this.positions = lengths;
    return this.execute(plan, ids, this.padded(lengths), lengths.map((length, b) => b * T + length - 1));
  }

  /**
   * Appends one token to each sequence, or none where REST stands: logits (prompts, V) of the positions after them; a resting
   * sequence's mean nothing. Waits for the GPU.
   * @throws RangeError where the ids are not one a prompt, or a sequence is full.
   */
  async step(ids: readonly number[]): Promise<Float32Array> {
    const { positions, capacity } = this;
    if (ids.length !== positions.length) throw new RangeError(`batch decoder: ${ids.length} ids for ${positions.length} sequences`);
    const full = ids.findIndex((id, b) => id !== REST && (positions[b] ?? 0) >= capacity);
    if (full >= 0) throw new RangeError(`batch decoder: sequence ${full} is full with ${capacity} tokens`);
    const plan = await this.plan(1);
    // A resting row is computed too: it writes where its sequence would go on, or over the last place of a full one.
    const places = Uint32Array.from(this.padded(positions), (position) => Math.min(position, capacity - 1));
    if (plan.model.inputs.positions) this.store.gpu.write(plan.model.inputs.positions, places);
    this.positions = positions.map((position, b) => position + (ids[b] === REST ? 0 : 1));
    const known = this.padded(ids.map((id) => (id === REST ? 0 : id)));
    return this.execute(plan, known, this.padded(ids.map((id) => (id === REST ? 0 : ALWAYS))), ids.map((_, b) => b));
  }

  dispose(): void {
    for (const { scope, ring } of this.plans.values()) {
      scope.dispose();
      ring.dispose();
    }
    this.plans.clear();
    this.workspace.dispose();
    this.cache.dispose();
  }

  private async plan(T: number): Promise<Plan> {
    const known = this.plans.get(T);
    if (known !== undefined) return known;
    const { store, workspace, cache, options: { batch, topK, muted = 0 } } = this;
    const scope = new Scope(store.gpu, `batch decoding ${T}`);
    const model = transformer(scope, workspace, store, {
      dims: { B: batch, T, rows: batch }, topK: topK ?? store.config.topK, muted, cache, ragged: T === 1, head: 'logits',
    });
    const plan = { scope, model, ring: new ReadbackRing(store.gpu, model.logits ? [model.logits.logits] : [], 1) };
    await store.gpu.ready();
    this.plans.set(T, plan);
    return plan;
  }

  private async execute({ model, ring }: Plan, ids: Uint32Array, lengths: Uint32Array, rows: readonly number[]): Promise<Float32Array> {
    const { gpu, config } = this.store;
    gpu.write(model.inputs.ids, ids);
    gpu.write(model.inputs.lengths, lengths);
    gpu.write(model.inputs.promptLengths, lengths);
    if (model.logits) gpu.write(model.logits.rows, Uint32Array.from(rows));
    model.logits?.setCount(rows.length);
    let arrived: (() => Promise<Float32Array[]>) | undefined;
    gpu.run('decode batch', (r) => {
      for (const op of model.ops) op.forward(r);
      arrived = ring.copy(r);
    });
    const [logits = new Float32Array(0)] = (await arrived?.()) ?? [];
    return logits.subarray(0, rows.length * config.vocab);
  }

  /** (batch) u32; the unfilled sequences get 0. */
  private padded(values: readonly number[]): Uint32Array {
    return Uint32Array.from({ length: this.options.batch }, (_, b) => values[b] ?? 0);
  }
}
