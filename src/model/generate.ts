import { Refusal } from '../errors/refusal';
import { ReadbackRing } from '../gpu/readback';
import { Scope } from '../gpu/scope';
import type { Tensor } from '../gpu/tensor';
import { Random } from '../random/random';
import { KvCache } from './kv_cache';
import { sample, type Sampling } from './sample';
import type { ParameterStore } from './store';
import { transformer, type Transformer } from './transformer';
import { Workspace } from './workspace';

export interface GenerateOptions extends Sampling {
  readonly maxNewTokens: number;
  readonly seed: number;
  /** Generation stops after one of these. */
  readonly eos: readonly number[];
  readonly signal?: AbortSignal;
}

/** How one layer routed the row that wrote a token. */
export interface LayerRouting {
  readonly probabilities: readonly number[]; // (E)
  /** After top-k and renormalisation; 0 for the dropped. */
  readonly shares: readonly number[]; // (E)
}

export interface GeneratedToken {
  readonly id: number;
  /** Per layer; empty for a dense model. */
  readonly routing: readonly LayerRouting[];
}

interface Plan {
  readonly scope: Scope;
  readonly model: Transformer;
  readonly ring: ReadbackRing;
}

const PREFILL_STEP = 16;

/** Writes text with a KV cache: the prompt in one padded pass, then a token at a time. */
export class Generator {
  private readonly workspace: Workspace;
  private readonly cache: KvCache;
  private readonly plans = new Map<number, Plan>();

  constructor(
    private readonly store: ParameterStore,
    private readonly options: { readonly topK?: number; readonly muted?: number; readonly capacity?: number } = {},
  ) {
    const { gpu, config } = store;
    this.workspace = new Workspace(gpu, 'generation');
    // Two places at least: a plan of one position is the decoding one.
    this.cache = new KvCache(gpu, config, Math.max(2, Math.min(options.capacity ?? config.context, config.context)));
  }

  /** Logits of the position after `ids`; with it the router of every layer and row. Waits for the GPU. */
  async logits(ids: readonly number[]): Promise<{ logits: Float32Array<ArrayBuffer>; router: number[][][] }> {
    this.check(ids);
    const { model, run } = await this.prefill(ids);
    const { logits } = await run();
    const E = this.store.config.experts;
    const router: number[][][] = [];
    for (const { probs } of model.routers) {
      const values = await this.store.gpu.read(probs);
      router.push(ids.map((_, t) => [...values.subarray(t * E, (t + 1) * E)]));
    }
    return { logits, router };
  }

  async *run(ids: readonly number[], options: GenerateOptions): AsyncGenerator<GeneratedToken, void> {
    this.check(ids);
    const random = new Random(options.seed);
    const prefill = await this.prefill(ids);
    let step = await prefill.run();
    for (let written = 0; written < options.maxNewTokens; written++) {
      const id = sample(step.logits, options, random);
      yield { id, routing: step.routing };
      const position = ids.length + written;
      if (options.eos.includes(id) || position >= this.cache.capacity || options.signal?.aborted === true) return;
      if (written + 1 < options.maxNewTokens) step = await this.decode(id, position);
    }
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

  private async prefill(ids: readonly number[]): Promise<{ model: Transformer; run: () => Promise<Step> }> {
    const T = Math.max(2, Math.min(Math.ceil(ids.length / PREFILL_STEP) * PREFILL_STEP, this.cache.capacity));
    const plan = await this.plan(T);
    const { gpu } = this.store;
    const { inputs, logits } = plan.model;
    gpu.write(inputs.ids, Uint32Array.from({ length: T }, (_, t) => ids[t] ?? 0));
    gpu.write(inputs.lengths, Uint32Array.of(ids.length));
    gpu.write(inputs.promptLengths, Uint32Array.of(ids.length));
    if (logits) gpu.write(logits.rows, Uint32Array.of(ids.length - 1));
    return { model: plan.model, run: () => this.execute(plan, ids.length - 1) };
  }

  private async decode(id: number, position: number): Promise<Step> {
    const plan = await this.plan(1);
    const { gpu } = this.store;
    const { inputs, logits, positioned } = plan.model;
    for (const op of positioned) op.setPosition(position);
    gpu.write(inputs.ids, Uint32Array.of(id));
    gpu.write(inputs.lengths, Uint32Array.of(0xffffffff));
    gpu.write(inputs.promptLengths, Uint32Array.of(1));
    if (logits) gpu.write(logits.rows, Uint32Array.of(0));
    return this.execute(plan, 0);
  }

  private async plan(T: number): Promise<Plan> {
    const known = this.plans.get(T);
    if (known !== undefined) return known;
    const { gpu, config } = this.store;
    const scope = new Scope(gpu, `generation ${T}`);
    const { topK = config.topK, muted = 0 } = this.options;
    const model = transformer(scope, this.workspace, this.store, { dims: { B: 1, T, rows: 1 }, topK, muted, cache: this.cache, head: 'logits' });
    model.logits?.setCount(1);
    const sources: Tensor[] = model.logits ? [model.logits.logits] : [];
    for (const { probs, index, share } of model.routers) sources.push(probs, index, share);
    const plan = { scope, model, ring: new ReadbackRing(gpu, sources, 1) };
    await gpu.ready();
    this.plans.set(T, plan);
    return plan;
  }

  private async execute({ model, ring }: Plan, row: number): Promise<Step> {
    const { gpu, config: { experts: E } } = this.store;
    let arrived: (() => Promise<Float32Array<ArrayBuffer>[]>) | undefined;
    gpu.run('generate', (r) => {
      for (const op of model.ops) op.forward(r);
      arrived = ring.copy(r);
    });
    const [logits = new Float32Array(0), ...rest] = (await arrived?.()) ?? [];
    const routing = model.routers.map((router, layer): LayerRouting => {
      const [probs, index, share] = rest.slice(3 * layer, 3 * layer + 3);
      const K = router.index.shape[1] ?? 1;
      const chosen = index && new Uint32Array(index.buffer);
      const shares = Array.from({ length: E }, () => 0);
      for (let k = 0; k < K; k++) {
        const expert = chosen?.[row * K + k] ?? E;
        if (expert < E) shares[expert] = share?.[row * K + k] ?? 0;
      }
      return { probabilities: [...(probs?.subarray(row * E, (row + 1) * E) ?? [])], shares };
    });
    return { logits, routing };
  }

  /** @throws Refusal for ids outside the vocabulary, and for a prompt that leaves no room for an answer. */
  private check(ids: readonly number[]): void {
    const { vocab } = this.store.config;
    const stranger = ids.findIndex((id) => !Number.isInteger(id) || id < 0 || id >= vocab);
    if (ids.length === 0 || stranger >= 0) {
      throw new Refusal('bad-option', {
        file: 'the prompt', field: stranger < 0 ? 'ids' : `id ${stranger + 1}`,
        expected: `token ids from 0 to ${vocab - 1}`, got: stranger < 0 ? 'none' : String(ids[stranger]), fix: 'give a prompt of known tokens',
      });
    }
    if (ids.length > this.cache.capacity) {
      throw new Refusal('too-long', {
        file: 'the prompt', expected: `at most ${this.cache.capacity} tokens, the model's context`, got: `${ids.length}`, fix: 'shorten the prompt',
      });
    }
  }
}

interface Step {
  readonly logits: Float32Array<ArrayBuffer>;
  readonly routing: readonly LayerRouting[];
}
