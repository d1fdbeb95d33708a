import type { Recorder } from '../../gpu/recorder';
import type { Scope } from '../../gpu/scope';
import type { Tensor } from '../../gpu/tensor';
import type { Op } from '../op';
import source from './sum.wgsl?raw';

export interface SumTensors {
  readonly inp: Tensor; // (n)
  readonly out: Tensor; // (1)
}

export interface SumDims {
  readonly n: number;
}

/** out = Σ inp, in a fixed order: a metric, so backward records nothing. One workgroup: for up to some 100 k elements. */
export function sum(scope: Scope, { inp, out }: SumTensors, { n }: SumDims): Op {
  const forward = scope.dispatch(
    { name: 'sum', source },
    { tensors: { inp, out }, params: { n }, workgroups: [1] },
  );
  return {
    name: 'sum',
    forward: (r: Recorder) => { r.dispatch(forward); },
    backward: () => undefined,
  };
}
