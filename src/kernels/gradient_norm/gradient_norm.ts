import type { Recorder } from '../../gpu/recorder';
import type { Scope } from '../../gpu/scope';
import type { Tensor } from '../../gpu/tensor';
import { rowThreads } from '../row_threads';
import partialSource from './gradient_norm_partial.wgsl?raw';
import totalSource from './gradient_norm_total.wgsl?raw';
import { requireOneBinding } from './one_binding';

export interface GradientNormTensors {
  /** All gradients, flat. */
  readonly grads: Tensor; // (n)
  /**
   * [norm before clipping, scale, finite (1 or 0), appliedSteps], all f32, for adamw and for the metrics. Starts as zeros;
   * a resumed run writes its appliedSteps. Where a gradient is not finite: [NaN, 0, 0, appliedSteps as before].
   */
  readonly state: Tensor; // (4)
}

export interface GradientNormDims {
  readonly n: number;
  /** Gradients are scaled by min(1, maxNorm / norm); 0 leaves them as they are. */
  readonly maxNorm: number;
}

/** Elements of a workgroup, where that makes no more than MAX_GROUPS of them. */
const STRETCH = 4096;
const MAX_GROUPS = 1024;

/**
 * The global L2 norm, the clipping scale and the finite check of a step, and the count of steps that were applied: all on
 * the GPU, so that nothing waits for them. Record it after the last backward and before adamw.
 * @throws Refusal 'out-of-memory' where the gradients do not fit into one binding.
 */
export function gradientNorm(scope: Scope, { grads, state }: GradientNormTensors, { n, maxNorm }: GradientNormDims) {
  requireOneBinding(scope, grads);
  const stretch = Math.max(STRETCH, Math.ceil(n / MAX_GROUPS));
  const W = Math.ceil(n / stretch);
  const peaks = scope.tensor('gradient peaks', [W]);
  const sums = scope.tensor('gradient sums', [W]);
  const overrides = { WG: rowThreads(scope, stretch) };
  const partial = scope.dispatch(
    { name: 'gradient_norm_partial', source: partialSource, overrides },
    { tensors: { grad: grads, peaks, sums }, params: { n, stretch }, workgroups: [W] },
  );
  const total = scope.dispatch(
    { name: 'gradient_norm_total', source: totalSource, overrides },
    { tensors: { peaks, sums, state }, params: { W, limit: maxNorm }, workgroups: [1] },
  );
  return {
    name: 'gradient_norm',
    record: (r: Recorder): void => {
      r.dispatch(partial);
      r.dispatch(total);
    },
  };
}
