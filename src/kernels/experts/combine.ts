import type { Recorder } from '../../gpu/recorder';
import { grid, type Scope } from '../../gpu/scope';
import type { Tensor } from '../../gpu/tensor';
import type { Op } from '../op';
import { rowKernel, rowLanes } from '../rows';
import backwardInp from './combine_backward_inp.wgsl?raw';
import backwardShare from './combine_backward_share.wgsl?raw';
import forwardSource from './combine_forward.wgsl?raw';
import type { ExpertDims } from './gather';
import type { Permutation } from './permute';

export interface CombineTensors extends Permutation {
  /** The experts' outputs, grouped by expert. */
  readonly inp: Tensor; // (R, C), R = N·K
  readonly share: Tensor; // (N, K)
  readonly out: Tensor; // (N, C), 0 in padding rows
  readonly dout?: Tensor; // (N, C)
  /** Written (=); rows from offsets[E] on keep what they held. */
  readonly dinp?: Tensor; // (R, C)
  /** Written (=), 0 in padding rows. */
  readonly dshare?: Tensor; // (N, K)
}

/** out_n = Σ_k share_nk · inp_slotOf_nk.    dinp_s = share_i · dout_n,  dshare_i = ⟨dout_n, inp_s⟩, i = n·K + k, s = slotOf_i. */
export function combine(scope: Scope, t: CombineTensors, { N, K, C, E }: ExpertDims): Op {
  const { inp, share, slotOf, sourceOf, offsets, out, dout, dinp, dshare } = t;
  const overrides = rowLanes(scope.gpu);
  const [tokens, entries] = [grid(Math.ceil(N / overrides.ROWS)), grid(Math.ceil((N * K) / overrides.ROWS))];
  const mixing = rowKernel({ name: 'combine_forward', source: forwardSource, overrides, constants: { K } }, C);
  const forward = scope.dispatch(mixing.spec, {
    tensors: { inp, share, slotOf, out }, params: { N, C: mixing.columns }, workgroups: tokens,
  });
  const scaling = rowKernel({ name: 'combine_backward_inp', source: backwardInp, overrides }, C);
  const intoInp = dout && dinp && scope.dispatch(scaling.spec, {
    tensors: { dout, share, sourceOf, offsets, dinp }, params: { C: scaling.columns, K, E }, workgroups: entries,
  });
  const dotting = rowKernel({ name: 'combine_backward_share', source: backwardShare, overrides }, C);
  const intoShare = dout && dshare && scope.dispatch(dotting.spec, {
    tensors: { dout, inp, slotOf, dshare }, params: { SIZE: N * K, C: dotting.columns, K }, workgroups: entries,
  });
  return {
    name: 'combine',
    forward: (r: Recorder) => { r.dispatch(forward); },
    backward: (r: Recorder) => {
      if (intoShare) r.dispatch(intoShare);
      if (intoInp) r.dispatch(intoInp);
    },
  };
}
