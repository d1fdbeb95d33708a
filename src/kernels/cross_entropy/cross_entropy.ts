import type { Recorder } from '../../gpu/recorder';
import { grid, type Scope } from '../../gpu/scope';
import type { Tensor } from '../../gpu/tensor';
import type { Op } from '../op';
import { rowThreads } from '../row_threads';
import gradientSource from './cross_entropy_gradient.wgsl?raw';
import lossSource from './cross_entropy_loss.wgsl?raw';

export interface CrossEntropyTensors {
  readonly logits: Tensor; // (R, V)
  readonly targets: Tensor; // (R) u32, below V
  /** 0 and the count of rows. */
  readonly offsets: Tensor; // (2) u32
  /** Nats; 0 in rows at or beyond the count. */
  readonly loss: Tensor; // (R)
  /** In training the very tensor `logits`, whose values the gradient replaces; absent in evaluation. */
  readonly dlogits?: Tensor; // (R, V)
}

export interface CrossEntropyDims {
  /** Rows that there is room for. */
  readonly R: number;
  readonly V: number;
}

export interface CrossEntropyOp extends Op {
  /** The factor on every row's gradient for later submits, 1 at first: 1 / (rows of the whole step) for their mean. */
  setScale(scale: number): void;
}

/**
 * loss_n = ln Σ_v exp(logits_nv) − logits_{n, targets_n}.    dlogits_nv = scale·(softmax_v(logits_n) − [v = targets_n]).
 * One kernel makes both, so backward records nothing.
 * @throws TypeError where `dlogits` is another tensor than `logits`.
 */
export function crossEntropy(scope: Scope, t: CrossEntropyTensors, { R, V }: CrossEntropyDims): CrossEntropyOp {
  const { logits, targets, offsets, loss, dlogits } = t;
  if (dlogits && (dlogits.buffer !== logits.buffer || dlogits.offset !== logits.offset)) {
    throw new TypeError(`cross_entropy: the gradient replaces ${logits.label}, so ${dlogits.label} must be the same tensor`);
  }
  const tensors = { offsets, targets, logits, loss };
  const overrides = { WG: rowThreads(scope, V) };
  const workgroups = grid(R);
  const forward = dlogits
    ? scope.dispatch(
      { name: 'cross_entropy_gradient', source: gradientSource, overrides },
      { tensors, params: { R, V, scale: 1 }, workgroups },
    )
    : scope.dispatch({ name: 'cross_entropy_loss', source: lossSource, overrides }, { tensors, params: { R, V }, workgroups });
  return {
    name: 'cross_entropy',
    forward: (r: Recorder) => { r.dispatch(forward); },
    backward: () => undefined,
    setScale: (scale) => {
      if (dlogits) forward.set('scale', scale);
    },
  };
}
