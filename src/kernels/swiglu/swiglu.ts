import type { Recorder } from '../../gpu/recorder';
import { grid, type Scope } from '../../gpu/scope';
import type { Tensor } from '../../gpu/tensor';
import type { Op } from '../op';
import { wide } from '../wide';
import backwardSource from './swiglu_backward.wgsl?raw';
import forwardSource from './swiglu_forward.wgsl?raw';

export interface SwigluTensors {
  readonly gate: Tensor; // (R, F)
  readonly up: Tensor; // (R, F)
  readonly out: Tensor; // (R, F)
  /** Rows of each group as prefix sums; rows at or beyond offsets[G] are not touched. */
  readonly offsets: Tensor; // (G + 1) u32
  /** Absent in inference, with `dgate` and `dup`. */
  readonly dout?: Tensor; // (R, F)
  /** Written (=). */
  readonly dgate?: Tensor; // (R, F)
  /** Written (=). */
  readonly dup?: Tensor; // (R, F)
}

export interface SwigluDims {
  /** Rows that there is room for. */
  readonly R: number;
  readonly F: number;
  /** Row groups. */
  readonly G: number;
}

const GROUP = 64;

/**
 * out = silu(gate)·up, silu(x) = x·σ(x).    dup = dout·silu(gate),  dgate = dout·up·σ·(1 + gate·(1 − σ)), σ = σ(gate).
 * Source: Shazeer, "GLU Variants Improve Transformer" (arXiv 2002.05202), eq. 5.
 */
export function swiglu(scope: Scope, t: SwigluTensors, { R, F, G }: SwigluDims): Op {
  const { gate, up, out, offsets, dout, dgate, dup } = t;
  const overrides = { WG: GROUP };
  const { spec, width } = wide({ name: 'swiglu_forward', source: forwardSource, overrides }, F);
  const workgroups = grid(Math.ceil((R * F) / (GROUP * width)));
  const forward = scope.dispatch(
    spec,
    { tensors: { offsets, gate, up, out }, params: { R, F, G }, workgroups },
  );
  const backward = dout && dgate && dup && scope.dispatch(
    wide({ name: 'swiglu_backward', source: backwardSource, overrides }, F).spec,
    { tensors: { offsets, gate, up, dout, dgate, dup }, params: { R, F, G }, workgroups },
  );
  return {
    name: 'swiglu',
    forward: (r: Recorder) => { r.dispatch(forward); },
    backward: (r: Recorder) => {
      if (backward) r.dispatch(backward);
    },
  };
}
