import { grid, type Scope } from '../../gpu/scope';
import type { Tensor } from '../../gpu/tensor';
import type { Op } from '../op';
import { rowKernel, rowLanes } from '../rows';
import forwardSource from './contribution_forward.wgsl?raw';
import type { ExpertDims } from './gather';

export interface ContributionTensors {
  /** The experts' outputs, grouped by expert. */
  readonly inp: Tensor; // (R, C), R = N·K
  readonly share: Tensor; // (N, K)
  readonly slotOf: Tensor; // (N, K) u32
  /** What the experts' mixture is added to. */
  readonly stream: Tensor; // (N, C)
  readonly norm: Tensor; // (N, K + 1)
}

/** norm_nk = ‖share_nk·inp_slotOf_nk‖₂ for k < K, 0 where an entry has no slot; norm_nK = ‖stream_n‖₂. To be read, not learned from: no backward. */
export function contribution(scope: Scope, t: ContributionTensors, { N, K, C }: Omit<ExpertDims, 'E'>): Op {
  const overrides = rowLanes(scope.gpu);
  const SIZE = N * (K + 1);
  const { spec, columns } = rowKernel({ name: 'contribution_forward', source: forwardSource, overrides }, C);
  const { inp, share, slotOf, stream, norm } = t;
  const forward = scope.dispatch(spec, {
    tensors: { inp, share, slotOf, stream, norm }, params: { SIZE, C: columns, K }, workgroups: grid(Math.ceil(SIZE / overrides.ROWS)),
  });
  return { name: 'contribution', forward: (r) => { r.dispatch(forward); }, backward: () => undefined };
}
