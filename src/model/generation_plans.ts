import { ReadbackRing } from '../gpu/readback';
import { Scope } from '../gpu/scope';
import type { Tensor } from '../gpu/tensor';
import { asTrained, steeringOf, topKByLayer, type Intervention } from './intervention';
import type { KvCache } from './kv_cache';
import type { ParameterStore } from './store';
import { transformer, type Transformer } from './transformer';
import { Workspace } from './workspace';

/** How one layer routed the row that wrote a token. */
export interface LayerRouting {
  /** As the router scored, before a bias or a temperature. */
  readonly logits: readonly number[]; // (E)
  readonly probabilities: readonly number[]; // (E)
  /** After top-k and renormalisation; 0 for the dropped. */
  readonly shares: readonly number[]; // (E)
  /** ‖share·FFN(x)‖ of each expert, what it adds to the residual stream; 0 for the dropped. */
  readonly adds: readonly number[]; // (E)
  /** ‖residual stream‖ that it is added to. */
  readonly stream: number;
}

/** What one forward pass brought back of one row. */
export interface Step {
  readonly logits: Float32Array<ArrayBuffer>;
  /** Per layer; empty for a dense model. */
  readonly routing: readonly LayerRouting[];
}

export interface GenerationPlan {
  readonly scope: Scope;
  readonly model: Transformer;
  readonly ring: ReadbackRing;
  /** Experts a token in each layer, as a key. */
  readonly choice: string;
  /** What its routers are steered by. */
  steered: Intervention | undefined;
}

/** Forward passes over one cache, made when they are first asked for: one for each length and number of experts. */
export class GenerationPlans {
  private readonly workspace: Workspace;
  private readonly plans = new Map<string, GenerationPlan>();

  /** @param topK experts a token where no intervention says otherwise */
  constructor(private readonly store: ParameterStore, private readonly cache: KvCache, private readonly topK: number) {
    this.workspace = new Workspace(store.gpu, 'generation');
  }

  /** The plan of T positions, its routers steered: only another number of experts needs another plan. */
  async get(T: number, how?: Intervention): Promise<GenerationPlan> {
    const { config } = this.store;
    const choices = topKByLayer(config, this.topK, how);
    const choice = choices.join(',');
    const plan = this.plans.get(`${T} ${choice}`) ?? await this.build(T, choices, choice);
    if (plan.steered !== how) {
      plan.model.routers.forEach(({ op }, layer) => { op.steer(steeringOf(how ?? asTrained(config), layer)); });
      plan.steered = how;
    }
    return plan;
  }

  async execute({ model, ring }: GenerationPlan, row: number): Promise<Step> {
    const { gpu, config: { experts: E } } = this.store;
    let arrived: (() => Promise<Float32Array<ArrayBuffer>[]>) | undefined;
    gpu.run('generate', (r) => {
      for (const op of model.ops) op.forward(r);
      arrived = ring.copy(r);
    });
    const [logits = new Float32Array(0), ...rest] = (await arrived?.()) ?? [];
    const routing = model.routers.map((router, layer): LayerRouting => {
      const [scores, probs, index, share, norms] = rest.slice(5 * layer, 5 * layer + 5);
      const K = router.index.shape[1] ?? 1;
      const chosen = index && new Uint32Array(index.buffer);
      const shares = new Array<number>(E).fill(0);
      const adds = new Array<number>(E).fill(0);
      for (let k = 0; k < K; k++) {
        const expert = chosen?.[row * K + k] ?? E;
        if (expert >= E) continue;
        shares[expert] = share?.[row * K + k] ?? 0;
        adds[expert] = norms?.[row * (K + 1) + k] ?? 0;
      }
      const ofRow = (values: Float32Array | undefined): number[] => [...(values?.subarray(row * E, (row + 1) * E) ?? [])];
      return { logits: ofRow(scores), probabilities: ofRow(probs), shares, adds, stream: norms?.[row * (K + 1) + K] ?? 0 };
    });
    return { logits, routing };
  }

  dispose(): void {
    for (const key of this.plans.keys()) this.drop(key);
    this.workspace.dispose();
  }

  private async build(T: number, topK: readonly number[], choice: string): Promise<GenerationPlan> {
    const { gpu, config } = this.store;
    this.forgetAllBut([choice, topKByLayer(config, this.topK, undefined).join(',')]);
    const scope = new Scope(gpu, `generation ${T}`);
    const model = transformer(scope, this.workspace, this.store, { dims: { B: 1, T, rows: 1 }, topK, cache: this.cache, head: 'logits', norms: true });
    model.logits?.setCount(1);
    const sources: Tensor[] = model.logits ? [model.logits.logits] : [];
    for (const { logits, probs, index, share, norms } of model.routers) sources.push(logits, probs, index, share, ...(norms ? [norms] : []));
    const plan: GenerationPlan = { scope, model, ring: new ReadbackRing(gpu, sources, 1), choice, steered: undefined };
    await gpu.ready();
    this.plans.set(`${T} ${choice}`, plan);
    return plan;
  }

  /** A page tries many numbers of experts: what it left is let go, but the model's own choice, to which it returns. */
  private forgetAllBut(choices: readonly string[]): void {
    for (const [key, { choice }] of this.plans) if (!choices.includes(choice)) this.drop(key);
  }

  private drop(key: string): void {
    const plan = this.plans.get(key);
    plan?.scope.dispose();
    plan?.ring.dispose();
    this.plans.delete(key);
  }
}
