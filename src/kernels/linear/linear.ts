import type { Recorder } from '../../gpu/recorder';
import type { Scope } from '../../gpu/scope';
import type { Tensor } from '../../gpu/tensor';
import type { Op } from '../op';
import { matmul } from './matmul';

export interface LinearTensors {
  readonly inp: Tensor; // (R, I)
  readonly weight: Tensor; // (G, O, I)
  readonly out: Tensor; // (R, O)
  /** Prefix sums of the row groups; denseOffsets() where there is one group. */
  readonly offsets: Tensor; // (G+1) u32
  /** Absent in inference. */
  readonly dout?: Tensor; // (R, O)
  /** = or += by accumulateDinp. */
  readonly dinp?: Tensor; // (R, I)
  /** Accumulates (+=); absent while the weight is frozen. */
  readonly dweight?: Tensor; // (G, O, I)
}

export interface LinearDims {
  /** Row capacity; rows at or beyond offsets[G] are left alone. */
  readonly R: number;
  readonly G: number;
  /** Columns of inp. */
  readonly I: number;
  /** Columns of out. */
  readonly O: number;
}

export interface LinearOptions {
  readonly accumulateDinp: boolean;
}

/** out_r = inp_r·W_gᵀ for the rows r of each group g.    dinp = dout·W_g,  dW_g += Σ_(r in g) dout_rᵀ·inp_r. */
export function linear(
  scope: Scope, t: LinearTensors, { R, G, I, O }: LinearDims, { accumulateDinp }: LinearOptions,
): Op {
  const { inp, weight, out, offsets, dout, dinp, dweight } = t;
  const forward = matmul(
    scope, { a: inp, b: weight, out, offsets }, { layout: 'abt', R, G, M: 0, N: O, K: I, accumulate: false, scale: 1 },
  );
  const intoInp = dout && dinp && matmul(
    scope, { a: dout, b: weight, out: dinp, offsets }, { layout: 'ab', R, G, M: 0, N: I, K: O, accumulate: accumulateDinp, scale: 1 },
  );
  const intoWeight = dout && dweight && matmul(
    scope, { a: dout, b: inp, out: dweight, offsets }, { layout: 'atb', R, G, M: O, N: I, K: 0, accumulate: true, scale: 1 },
  );
  return {
    name: 'linear',
    forward: (r: Recorder) => { r.dispatch(forward); },
    backward: (r: Recorder) => {
      if (intoWeight) r.dispatch(intoWeight);
      if (intoInp) r.dispatch(intoInp);
    },
  };
}
