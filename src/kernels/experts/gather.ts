import type { Recorder } from '../../gpu/recorder';
import { grid, type Scope } from '../../gpu/scope';
import type { Tensor } from '../../gpu/tensor';
import type { Op } from '../op';
import { rowKernel, rowLanes } from '../rows';
import backwardSource from './gather_backward.wgsl?raw';
import forwardSource from './gather_forward.wgsl?raw';
import type { Permutation } from './permute';

export interface ExpertDims {
  readonly N: number;
  readonly K: number;
  readonly C: number;
  readonly E: number;
}

export interface GatherTensors extends Permutation {
  readonly inp: Tensor; // (N, C)
  /** Rows grouped by expert; rows from offsets[E] on keep what they held. */
  readonly out: Tensor; // (R, C), R = N·K
  readonly dout?: Tensor; // (R, C)
  /** Written (=), 0 in padding rows: record it before the ops that add to it, as router does. */
  readonly dinp?: Tensor; // (N, C)
}

/** out_s = inp_n for every slot s of token n.    dinp_n = Σ_k dout_slotOf_nk, gathered through the inverse list in k order. */
export function gather(scope: Scope, t: GatherTensors, { N, K, C, E }: ExpertDims): Op {
  const { inp, slotOf, sourceOf, offsets, out, dout, dinp } = t;
  const overrides = rowLanes(scope.gpu);
  const copying = rowKernel({ name: 'gather_forward', source: forwardSource, overrides }, C);
  const forward = scope.dispatch(copying.spec, {
    tensors: { inp, sourceOf, offsets, out },
    params: { C: copying.columns, K, E },
    workgroups: grid(Math.ceil((N * K) / overrides.ROWS)),
  });
  const collecting = rowKernel({ name: 'gather_backward', source: backwardSource, overrides, constants: { K } }, C);
  const intoInp = dout && dinp && scope.dispatch(collecting.spec, {
    tensors: { dout, slotOf, dinp }, params: { N, C: collecting.columns }, workgroups: grid(Math.ceil(N / overrides.ROWS)),
  });
  return {
    name: 'gather',
    forward: (r: Recorder) => { r.dispatch(forward); },
    backward: (r: Recorder) => { if (intoInp) r.dispatch(intoInp); },
  };
}
