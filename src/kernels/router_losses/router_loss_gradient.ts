import type { Recorder } from '../../gpu/recorder';
import { grid, type Scope } from '../../gpu/scope';
import type { Tensor } from '../../gpu/tensor';
import type { Op } from '../op';
import source from './router_loss_gradient.wgsl?raw';

export interface RouterLossGradientTensors {
  /** Of gateLoss; read in mode 'sequence' only. */
  readonly dpbar: Tensor; // (B, E)
  readonly probs: Tensor; // (N, E), N = B·T
  readonly lengths: Tensor; // (B) u32
  readonly labels: Tensor; // (B) u32, E or above: no label
  /** Absent: no load-balance loss. */
  readonly seqLoad?: Tensor; // (L, B, E), of router_stats
  /** Written (=), 0 in padding rows. */
  readonly dprobs: Tensor; // (N, E)
}

export interface RouterLossGradientDims {
  /** This layer's row of seqLoad. */
  readonly layer?: number;
  readonly L: number;
  readonly B: number;
  readonly T: number;
  readonly E: number;
  /** 'sequence': of gateLoss's p̄. 'token': cross-entropy of every token's own probabilities (the router's warm-up). */
  readonly mode: 'sequence' | 'token';
}

export interface RouterLossGradient extends Op {
  /** λ / (sequences of the optimiser step), for later submits; at first 0. */
  setScale(gateScale: number): void;
  /** Balance weight / (layers · micro-batches of the step), for later submits; at first 0. */
  setBalanceScale(balanceScale: number): void;
}

const THREADS = 32;

/**
 * The router losses' gradient with respect to one layer's probabilities: it is this op's backward, and stands after its
 * router in a list that backward runs in reverse. Forward records nothing.
 *   sequence: dprobs = gateScale·dpbar_b / (T_b·L);   token: dprobs_y = −gateScale / (p_y·T_b·L);
 *   both: + balanceScale·E·f_e / N_valid, the gradient of balanceScale·E·Σ_e f_e·P_e with the load f held constant.
 * Source: Fedus et al., "Switch Transformers" (arXiv 2101.03961), eq. 4–6.
 */
export function routerLossGradient(scope: Scope, t: RouterLossGradientTensors, dims: RouterLossGradientDims): RouterLossGradient {
  const { dpbar, probs, lengths, labels, seqLoad, dprobs } = t;
  const { layer = 0, L, B, T, E, mode } = dims;
  const N = B * T;
  const backward = scope.dispatch(
    { name: 'router_loss_gradient', source, constants: { E } },
    {
      // Without a balance loss the load is not read; dpbar takes its binding.
      tensors: { dpbar, probs, lengths, labels, seqLoad: seqLoad ?? dpbar, dprobs },
      params: { N, B, T, L, layer, perToken: mode === 'token' ? 1 : 0, gateScale: 0, balanceScale: 0 },
      workgroups: grid(Math.ceil(N / THREADS)),
    },
  );
  return {
    name: 'router_loss_gradient',
    forward: () => undefined,
    backward: (r: Recorder) => { r.dispatch(backward); },
    setScale: (gateScale) => { backward.set('gateScale', gateScale); },
    setBalanceScale: (balanceScale) => {
      if (seqLoad === undefined && balanceScale !== 0) throw new TypeError('router_loss_gradient: a balance loss needs seqLoad');
      backward.set('balanceScale', balanceScale);
    },
  };
}
