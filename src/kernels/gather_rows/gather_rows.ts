import type { Recorder } from '../../gpu/recorder';
import { grid, type Scope } from '../../gpu/scope';
import type { Tensor } from '../../gpu/tensor';
import type { Op } from '../op';
import { wide } from '../wide';
import backwardInp from './gather_rows_backward_inp.wgsl?raw';
import forwardSource from './gather_rows_forward.wgsl?raw';

export interface GatherRowsTensors {
  readonly inp: Tensor; // (N, C)
  /** Which row of inp each row of out is; no row twice. */
  readonly rows: Tensor; // (R) u32, below N
  /** 0 and the count of rows; what lies at or beyond the count is not touched. */
  readonly offsets: Tensor; // (2) u32
  readonly out: Tensor; // (R, C)
  /** Absent in inference, with `dinp`. */
  readonly dout?: Tensor; // (R, C)
  /** Accumulates (+=). */
  readonly dinp?: Tensor; // (N, C)
}

export interface GatherRowsDims {
  /** Rows that there is room for. */
  readonly R: number;
  readonly C: number;
}

const GROUP = 64;

/** Moves the rows that carry a target together: out_i = inp_{rows_i}.    dinp_{rows_i} += dout_i. */
export function gatherRows(scope: Scope, t: GatherRowsTensors, { R, C }: GatherRowsDims): Op {
  const { inp, rows, offsets, out, dout, dinp } = t;
  const overrides = { WG: GROUP };
  const { spec, width } = wide({ name: 'gather_rows_forward', source: forwardSource, overrides }, C);
  const workgroups = grid(Math.ceil((R * C) / (GROUP * width)));
  const forward = scope.dispatch(
    spec,
    { tensors: { offsets, rows, inp, out }, params: { R, C }, workgroups },
  );
  const intoInp = dout && dinp && scope.dispatch(
    wide({ name: 'gather_rows_backward_inp', source: backwardInp, overrides }, C).spec,
    { tensors: { offsets, rows, dout, dinp }, params: { R, C }, workgroups },
  );
  return {
    name: 'gather_rows',
    forward: (r: Recorder) => { r.dispatch(forward); },
    backward: (r: Recorder) => {
      if (intoInp) r.dispatch(intoInp);
    },
  };
}
