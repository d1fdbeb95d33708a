import type { Recorder } from '../../gpu/recorder';
import { grid, type Scope } from '../../gpu/scope';
import type { Tensor } from '../../gpu/tensor';
import type { Op } from '../op';
import { rowKernel } from '../rows';
import backwardSource from './prompt_mean_backward.wgsl?raw';
import forwardSource from './prompt_mean_forward.wgsl?raw';

export interface PromptMeanTensors {
  readonly inp: Tensor; // (N, C), N = B·T
  /** Prompt tokens at the start of each sequence. */
  readonly promptLengths: Tensor; // (B) u32
  /** The same in every row of a sequence, padding included. */
  readonly out: Tensor; // (N, C)
  /** All T rows of a sequence are summed: padding rows must hold 0. */
  readonly dout?: Tensor; // (N, C)
  /** Accumulates (+=). */
  readonly dinp?: Tensor; // (N, C)
}

const THREADS = 32;

/**
 * What the router reads under sequence routing: out_bt = mean of inp over the prompt of b, for every t, so that all tokens
 * of a sequence are routed alike and the router itself runs row by row.    dinp_bt' += Σ_t dout_bt / P_b inside of the prompt.
 * An empty prompt gives 0 and gets no gradient.
 */
export function promptMean(
  scope: Scope, t: PromptMeanTensors, { B, T, C }: { readonly B: number; readonly T: number; readonly C: number },
): Op {
  const { inp, promptLengths, out, dout, dinp } = t;
  const { spec, columns } = rowKernel({ name: 'prompt_mean_forward', source: forwardSource }, C);
  const workgroups = grid(Math.ceil((B * columns) / THREADS));
  const params = { B, T, C: columns };
  const forward = scope.dispatch(spec, { tensors: { inp, promptLengths, out }, params, workgroups });
  const backward = dout && dinp && scope.dispatch(
    rowKernel({ name: 'prompt_mean_backward', source: backwardSource }, C).spec,
    { tensors: { dout, promptLengths, dinp }, params, workgroups },
  );
  return {
    name: 'prompt_mean',
    forward: (r: Recorder) => { r.dispatch(forward); },
    backward: (r: Recorder) => { if (backward) r.dispatch(backward); },
  };
}
