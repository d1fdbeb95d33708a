import { BYTES, type Tensor } from '../gpu/tensor';
import { combine } from '../kernels/experts/combine';
import { contribution } from '../kernels/experts/contribution';
import { gather } from '../kernels/experts/gather';
import { permute } from '../kernels/experts/permute';
import type { Op } from '../kernels/op';
import { promptMean } from '../kernels/prompt_mean/prompt_mean';
import { router } from '../kernels/router/router';
import { activation, activationGradient, given, type BuildContext, type RouterTensors } from './context';
import { swigluFfn, type FfnOps } from './ffn_block';

interface FfnEnds {
  readonly inp: Tensor; // (N, C), post-norm
  readonly out: Tensor; // (N, C)
  /** What `out` will be added to. */
  readonly stream: Tensor; // (N, C)
  readonly dinp?: Tensor; // written (=)
  readonly dout?: Tensor;
}

/**
 * A dropless mixture of SwiGLU experts: y = Σ p̃ᵢ·FFNᵢ(x) over the top-k of p = softmax(G·x), p̃ renormalised.
 * Under sequence routing G reads the mean of x over the prompt instead, and every token of a sequence goes one way.
 */
export function routedFfn(c: BuildContext, layer: number, ends: FfnEnds): FfnOps & { readonly router: RouterTensors } {
  const { scope, config, store, dims: { B, T }, inputs: { lengths } } = c;
  const { width: C, experts: E } = config;
  const K = c.topK[layer] ?? config.topK;
  const N = B * T;
  const R = N * K;
  const { inp, out, stream, dinp, dout } = ends;
  const gate = store.get(`layers.${layer}.router`);
  const named = (name: string, shape: readonly number[]): Tensor => c.workspace.tensor(`layers.${layer}.router.${name}`, shape);
  // A run's own weights have gradients also where an answer is written with them: that plan asks for none.
  const learns = c.reach !== undefined && (dinp !== undefined || gate.grad !== undefined);
  const dprobs = learns ? named('dprobs', [N, E]) : undefined;
  const decided = { logits: named('logits', [N, E]), probs: named('probs', [N, E]), index: named('index', [N, K]), share: named('share', [N, K]) };
  const dshare = activationGradient(c, dout !== undefined && !c.routerOnly, 'share', [N, K]);
  const inside = c.routerOnly ? undefined : dinp;

  const input = routerInput(c, layer, inp, inside);
  const route = router(scope, {
    inp: input.tensor, weight: gate.weight, lengths, ...decided,
    ...given({ dshare, dprobs, dinp: learns ? input.gradient : undefined, dweight: learns ? gate.grad : undefined }),
  }, { B, T, C, E, K }, { accumulateDinp: config.routing === 'token', muted: c.muted });

  const offsets = activation(c, layer, 'expert offsets', [E + 1]);
  const slotOf = activation(c, layer, 'slot of', [N, K]);
  const sourceOf = activation(c, layer, 'source of', [R]);
  const place = permute(scope, { index: decided.index, offsets, slotOf, sourceOf }, { N, E, K });
  const grouped = activation(c, layer, 'expert in', [R, C]);
  const answers = activation(c, layer, 'expert out', [R, C]);
  const trained = dout !== undefined && !c.routerOnly;
  const dgrouped = activationGradient(c, trained && inside !== undefined, 'expert in', [R, C]);
  const danswers = activationGradient(c, trained, 'expert out', [R, C]);
  const collect = gather(scope, { inp, sourceOf, slotOf, offsets, out: grouped, ...given({ dout: dgrouped, dinp: inside }) }, { N, K, C, E });
  const experts = swigluFfn(c, layer, { R, G: E, offsets, inp: grouped, out: answers, ...given({ dinp: dgrouped, dout: danswers }) });
  const mix = combine(scope, {
    inp: answers, share: decided.share, slotOf, sourceOf, offsets, out,
    ...given({ dout: trained ? dout : undefined, dinp: danswers, dshare }),
  }, { N, K, C, E });
  const norms = c.norms ? named('norms', [N, K + 1]) : undefined;
  const measure = norms && contribution(scope, { inp: answers, share: decided.share, slotOf, stream, norm: norms }, { N, K, C });
  const ops: Op[] = [...input.ops, route, place, collect, ...experts.ops, mix, ...(measure ? [measure] : [])];
  return { ops, adapters: experts.adapters, router: { op: route, ...decided, ...given({ dprobs, norms }) } };
}

/** What the gate reads: the FFN input itself, or its mean over the prompt, which a cache carries into decoding. */
function routerInput(c: BuildContext, layer: number, inp: Tensor, dinp: Tensor | undefined): RouterInput {
  if (c.config.routing === 'token') return { tensor: inp, ...given({ gradient: dinp }), ops: [] };
  const { B, T } = c.dims;
  const C = c.config.width;
  const kept = c.cache?.routerInput[layer];
  if (kept && T === 1) return { tensor: kept, ops: [] };
  const tensor = activation(c, layer, 'router in', [B * T, C]);
  const gradient = activationGradient(c, dinp !== undefined, 'router in', [B * T, C]);
  const mean = promptMean(c.scope, { inp, promptLengths: c.inputs.promptLengths, out: tensor, ...given({ dout: gradient, dinp }) }, { B, T, C });
  // Every row of a sequence holds the mean: its first is kept.
  const row = (of: Tensor, n: number): Tensor => ({ ...of, offset: of.offset + n * C * BYTES, bytes: C * BYTES });
  const keep: Op = {
    name: 'keep',
    forward: (r) => { if (kept) for (let b = 0; b < B; b++) r.copy(row(tensor, b * T), row(kept, b)); },
    backward: () => undefined,
  };
  return { tensor, ...given({ gradient }), ops: [mean, keep] };
}

interface RouterInput {
  readonly tensor: Tensor; // (N, C)
  readonly gradient?: Tensor;
  readonly ops: readonly Op[];
}
