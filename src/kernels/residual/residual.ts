import type { Recorder } from '../../gpu/recorder';
import { grid, type Scope } from '../../gpu/scope';
import type { Tensor } from '../../gpu/tensor';
import type { Op, RowDims } from '../op';
import { wide } from '../wide';
import forwardSource from './residual_forward.wgsl?raw';

export interface ResidualTensors {
  /** The stream before the branch. */
  readonly inp: Tensor; // (N, C)
  readonly branch: Tensor; // (N, C)
  /** The stream after it; its own buffer. */
  readonly out: Tensor; // (N, C)
}

const GROUP = 64;

/**
 * out = inp + branch.    dinp += dout, dbranch = dout.
 * Backward records nothing: one buffer holds the stream's gradient all the way down. As dout it is the branch's gradient
 * too; left where it is, it is already the skip's share of dinp, to which the branch's first op adds its own.
 */
export function residual(scope: Scope, { inp, branch, out }: ResidualTensors, { N, C }: RowDims): Op {
  const size = N * C;
  const { spec, width } = wide({ name: 'residual_forward', source: forwardSource, overrides: { WG: GROUP } }, size);
  const forward = scope.dispatch(
    spec,
    { tensors: { inp, branch, out }, params: { size }, workgroups: grid(Math.ceil(size / (GROUP * width))) },
  );
  return {
    name: 'residual',
    forward: (r: Recorder) => { r.dispatch(forward); },
    backward: () => undefined,
  };
}
