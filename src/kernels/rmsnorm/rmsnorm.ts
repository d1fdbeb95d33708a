import type { Recorder } from '../../gpu/recorder';
import { grid, type Scope } from '../../gpu/scope';
import type { Tensor } from '../../gpu/tensor';
import type { Op, RowDims } from '../op';
import { rowThreads } from '../row_threads';
import backwardInp from './rmsnorm_backward_inp.wgsl?raw';
import backwardWeight from './rmsnorm_backward_weight.wgsl?raw';
import forwardSource from './rmsnorm_forward.wgsl?raw';

export interface RmsnormTensors {
  readonly inp: Tensor; // (N, C)
  readonly weight: Tensor; // (C)
  readonly out: Tensor; // (N, C)
  readonly rstd: Tensor; // (N), saved for backward
  /** Absent in inference. */
  readonly dout?: Tensor; // (N, C)
  /** Accumulates (+=). */
  readonly dinp?: Tensor; // (N, C)
  /** Accumulates (+=); absent while the weight is frozen. */
  readonly dweight?: Tensor; // (C)
}

const COLUMN_GROUP = 32;

/**
 * y = x·r·w, r = (mean(x²) + ε)^-½.    dx += r·(dy·w − x·r²·mean(dy·w·x)),  dw += Σ_n dy·x·r.
 * Source: Zhang & Sennrich, "Root Mean Square Layer Normalization" (arXiv 1910.07467), eq. 4.
 */
export function rmsnorm(scope: Scope, t: RmsnormTensors, { N, C, eps }: RowDims & { readonly eps: number }): Op {
  const { inp, weight, out, rstd, dout, dinp, dweight } = t;
  const overrides = { WG: rowThreads(scope, C) };
  const forward = scope.dispatch(
    { name: 'rmsnorm_forward', source: forwardSource, overrides },
    { tensors: { inp, weight, out, rstd }, params: { N, C, eps }, workgroups: grid(N) },
  );
  const intoInp = dout && dinp && scope.dispatch(
    { name: 'rmsnorm_backward_inp', source: backwardInp, overrides },
    { tensors: { dout, inp, weight, rstd, dinp }, params: { N, C }, workgroups: grid(N) },
  );
  const intoWeight = dout && dweight && scope.dispatch(
    { name: 'rmsnorm_backward_weight', source: backwardWeight, overrides: { WG: COLUMN_GROUP } },
    { tensors: { dout, inp, rstd, dweight }, params: { N, C }, workgroups: grid(Math.ceil(C / COLUMN_GROUP)) },
  );
  return {
    name: 'rmsnorm',
    forward: (r: Recorder) => { r.dispatch(forward); },
    backward: (r: Recorder) => {
      if (intoWeight) r.dispatch(intoWeight);
      if (intoInp) r.dispatch(intoInp);
    },
  };
}
