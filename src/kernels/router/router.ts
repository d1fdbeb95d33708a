import type { Recorder } from '../../gpu/recorder';
import { grid, type Scope } from '../../gpu/scope';
import type { Tensor } from '../../gpu/tensor';
import type { Op } from '../op';
import { rowKernel, rowLanes } from '../rows';
import backwardInp from './router_backward_inp.wgsl?raw';
import backwardLogits from './router_backward_logits.wgsl?raw';
import backwardWeight from './router_backward_weight.wgsl?raw';
import backwardWeightChunks from './router_backward_weight_chunks.wgsl?raw';
import forwardSource from './router_forward.wgsl?raw';

/** Rows n = b·T + t of B right-padded sequences; N = B·T. */
export interface RouterDims {
  readonly B: number;
  readonly T: number;
  readonly C: number;
  /** Experts, at most 8. */
  readonly E: number;
  /** Experts a token is sent to, 1 … E. */
  readonly K: number;
}

export interface RouterTensors {
  readonly inp: Tensor; // (N, C)
  readonly weight: Tensor; // (E, C)
  /** Valid tokens of each sequence; rows beyond are padding. */
  readonly lengths: Tensor; // (B) u32
  readonly logits: Tensor; // (N, E), 0 in padding rows
  /** Softmax over all experts; 0 in padding rows. */
  readonly probs: Tensor; // (N, E)
  /** The chosen experts, most probable first; E (no expert) in padding rows. */
  readonly index: Tensor; // (N, K) u32
  /** Renormalised probabilities of the chosen: they sum to 1; 0 in padding rows. */
  readonly share: Tensor; // (N, K)
  /** Gradient of the language-model loss, from combine. */
  readonly dshare?: Tensor; // (N, K)
  /** Gradient of the router losses with respect to probs. */
  readonly dprobs?: Tensor; // (N, E)
  /** Accumulates (+=) unless told otherwise. */
  readonly dinp?: Tensor; // (N, C)
  /** Accumulates (+=); absent while the router is frozen. */
  readonly dweight?: Tensor; // (E, C)
}

export interface RouterOptions {
  /** The z scale that the op starts with; 0 by default. */
  readonly zWeight?: number;
  /** False writes dinp (=): for an input that the router alone reads, such as the prompt's mean. True by default. */
  readonly accumulateDinp?: boolean;
  /** Bit e silences expert e: probability 0, the softmax over the others. For inference alone; 0 by default. */
  readonly muted?: number;
}

/** How inference bends what a router chooses. */
export interface Steering {
  /** Bit e silences expert e: probability 0, the softmax over the others. */
  readonly muted: number;
  /** Added to the logits, in nats. */
  readonly bias: readonly number[]; // (E)
  /** Divides the biased logits, above 0: small ones decide, large ones level. */
  readonly temperature: number;
}

export interface Router extends Op {
  /** For later submits, inference alone. @throws RangeError for values that leave no distribution, and where gradients are wanted. */
  steer(how: Steering): void;
  /** Weight of each valid row's z-loss lse² in the step's loss, for later submits. */
  setZScale(scale: number): void;
}

export const MAX_EXPERTS = 8;
const LANES = 32;
const THREADS = 64;
/** Enough workgroups for a wide GPU; more row chunks than this would only cost memory. */
const WEIGHT_GROUPS = 256;
const LEAST_ROWS = 64;
/** The inverse of a smaller temperature is no f32; every one this small takes the largest logit alone. */
const LEAST_TEMPERATURE = 1e-38;

/**
 * p = softmax(x·Wᵀ) over all experts, the K largest kept (ties to the lowest index), share = p / Σ_kept p.
 * Backward: through the shares, through dprobs and through zScale·lse² into dlogits (the choice itself has no gradient);
 * then dW += dlogitsᵀ·x, dx += dlogits·W. With K = 1 the share is the constant 1 and gives no gradient.
 * Source: Jiang et al., "Mixtral of Experts" (arXiv 2401.04088), section 2.1; z-loss: Zoph et al., "ST-MoE" (arXiv 2202.08906), eq. 5.
 * Inference may steer it: p = softmax((x·Wᵀ + bias) / temperature) over the experts that are not muted; logits stay x·Wᵀ.
 * With muted experts, slots that no other can fill (K above what is left) name expert E and have share 0.
 * @throws RangeError unless 1 <= K <= E <= 8, where all experts are muted, and for muted ones where gradients are wanted.
 */
export function router(
  scope: Scope, t: RouterTensors, { B, T, C, E, K }: RouterDims, { zWeight = 0, accumulateDinp = true, muted = 0 }: RouterOptions = {},
): Router {
  if (!(K >= 1 && K <= E && E <= MAX_EXPERTS)) {
    throw new RangeError(`router: 1 <= K <= E <= ${String(MAX_EXPERTS)} does not hold for K = ${String(K)}, E = ${String(E)}`);
  }
  const { inp, weight, lengths, logits, probs, index, share, dshare, dprobs, dinp, dweight } = t;
  requireSomeHeard(muted, E);
  const learns = (dinp ?? dweight) !== undefined;
  if (muted !== 0 && learns) throw new RangeError('router: an expert is muted in inference alone, not where gradients are wanted');
  const N = B * T;
  const constants = { E };
  const overrides = rowLanes(scope.gpu);
  const workgroups = grid(Math.ceil(N / overrides.ROWS));
  const scoring = rowKernel({ name: 'router_forward', source: forwardSource, constants, overrides }, C);
  const added = scope.tensor('router bias', [E]);
  const forward = scope.dispatch(scoring.spec, {
    tensors: { inp, weight, lengths, bias: added, logits, probs, index, share },
    params: { N, T, C: scoring.columns, K, muted, inverseTemperature: 1 }, workgroups,
  });
  // Without a target there is no backward: nothing is allocated for it.
  const dlogits = learns ? scope.tensor('router dlogits', [N, E]) : undefined; // (N, E)
  const intoLogits = dlogits && scope.dispatch(
    { name: 'router_backward_logits', source: backwardLogits, constants },
    {
      // An absent gradient's place is taken by a tensor of the same shape that the kernel is told not to read.
      tensors: { lengths, logits, probs, index, share, dshare: dshare ?? share, dprobs: dprobs ?? probs, dlogits },
      params: { N, T, K, useShare: dshare ? 1 : 0, useProbs: dprobs ? 1 : 0, zScale: zWeight },
      workgroups: grid(Math.ceil(N / LANES)),
    },
  );
  const intoWeight = dlogits && dweight ? weightDispatches(scope, { inp, dlogits, dweight }, { N, C, E }) : [];
  const spreading = rowKernel({ name: 'router_backward_inp', source: backwardInp, constants, overrides }, C);
  const intoInp = dlogits && dinp && scope.dispatch(spreading.spec, {
    tensors: { dlogits, weight, dinp }, params: { N, C: spreading.columns, accumulate: accumulateDinp ? 1 : 0 }, workgroups,
  });
  return {
    name: 'router',
    forward: (r: Recorder) => { r.dispatch(forward); },
    backward: (r: Recorder) => {
      if (intoLogits) r.dispatch(intoLogits);
      for (const dispatch of intoWeight) r.dispatch(dispatch);
      if (intoInp) r.dispatch(intoInp);
    },
    steer: (how) => {
      if (learns) throw new RangeError('router: it is steered in inference alone, not where gradients are wanted');
      requireSteering(how, E);
      forward.set('muted', how.muted);
      forward.set('inverseTemperature', 1 / Math.max(how.temperature, LEAST_TEMPERATURE));
      scope.gpu.write(added, Float32Array.from(how.bias));
    },
    setZScale: (scale) => { intoLogits?.set('zScale', scale); },
  };
}

/** @throws RangeError unless `muted` has bits for E experts alone and leaves one of them unmuted. */
export function requireSomeHeard(muted: number, E: number): void {
  const all = 2 ** E - 1;
  if (Number.isInteger(muted) && muted >= 0 && muted < all) return;
  throw new RangeError(`router: muted experts are bits of 0 to ${String(all - 1)}, so that one of ${String(E)} is heard, not ${String(muted)}`);
}

function requireSteering({ muted, bias, temperature }: Steering, E: number): void {
  requireSomeHeard(muted, E);
  if (bias.length !== E || !bias.every(Number.isFinite)) throw new RangeError(`router: the bias is ${String(E)} finite numbers, not ${bias.join(', ')}`);
  if (!(temperature > 0 && Number.isFinite(temperature))) throw new RangeError(`router: a temperature is above 0 and finite, not ${String(temperature)}`);
}

/** dweight += dlogitsᵀ·inp in two stages: few channels alone would leave a GPU idle. The split follows from the shape only. */
function weightDispatches(
  scope: Scope,
  { inp, dlogits, dweight }: { readonly inp: Tensor; readonly dlogits: Tensor; readonly dweight: Tensor },
  { N, C, E }: { readonly N: number; readonly C: number; readonly E: number },
) {
  const { spec, columns } = rowKernel({ name: 'router_backward_weight_chunks', source: backwardWeightChunks, constants: { E } }, C);
  const across = Math.ceil(columns / LANES);
  const wanted = Math.max(1, Math.min(Math.ceil(WEIGHT_GROUPS / across), Math.ceil(N / LEAST_ROWS)));
  const rows = Math.ceil(N / wanted);
  const count = Math.ceil(N / rows);
  const chunks = scope.tensor('router dweight chunks', [count, E, C]);
  return [
    scope.dispatch(spec, { tensors: { dlogits, inp, chunks }, params: { N, C: columns, ROWS: rows }, workgroups: [across, count] }),
    scope.dispatch(
      { name: 'router_backward_weight', source: backwardWeight },
      { tensors: { chunks, dweight }, params: { CHUNKS: count, SIZE: E * C }, workgroups: grid(Math.ceil((E * C) / THREADS)) },
    ),
  ];
}
