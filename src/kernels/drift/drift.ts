import type { Recorder } from '../../gpu/recorder';
import { grid, type Dispatch, type Scope } from '../../gpu/scope';
import type { Tensor } from '../../gpu/tensor';
import type { Op } from '../op';
import { rowKernel } from '../rows';
import backwardSource from './drift_backward.wgsl?raw';
import forwardSource from './drift_forward.wgsl?raw';
import sumSource from './drift_sum.wgsl?raw';

export interface DriftTensors {
  readonly weight: Tensor; // (E, n)
  /** W⁰, where training started. */
  readonly start: Tensor; // (E, n)
  /** Accumulates (+=). */
  readonly dweight?: Tensor; // (E, n)
  /** ‖W_e − W_e⁰‖², unweighted; one row for each parameter that shares the tensor. Written (=). */
  readonly value: Tensor; // (E) or (rows, E)
}

export interface DriftDims {
  /** Experts, at most 8. */
  readonly E: number;
  /** Elements of one expert's weight. */
  readonly n: number;
  /** Row of `value` that this parameter writes; 0 by default. */
  readonly row?: number;
}

export interface Drift extends Op {
  /** Weight of one expert's drift in the loss, for later submits. */
  setGamma(expert: number, gamma: number): void;
}

const THREADS = 64;
const SPAN = 2048;
const MAX_GAMMAS = 8;

/**
 * Regularisation towards the start: value_e = ‖W_e − W_e⁰‖²,    dW_e += 2γ_e·(W_e − W_e⁰).
 * Forward measures, backward adds the gradient; neither needs the other, and γ_e = 0 costs no memory traffic.
 * Source: H3Fusion (arXiv 2411.17792), the regularisation of expert drift, squared and of the change alone.
 * @throws RangeError for more than 8 experts.
 */
export function drift(scope: Scope, t: DriftTensors, dims: DriftDims, gammas: readonly number[] = []): Drift {
  const { weight, start, dweight, value } = t;
  const { E, n } = dims;
  const measure = norms(scope, { weight, start, value }, dims);
  const { spec, columns } = rowKernel({ name: 'drift_backward', source: backwardSource }, n);
  const backward = dweight && scope.dispatch(spec, {
    tensors: { weight, start, dweight },
    params: { E, n: columns, ...gammaParams(E, gammas) },
    workgroups: grid(Math.ceil((E * columns) / THREADS)),
  });
  return {
    name: 'drift',
    forward: (r: Recorder) => { for (const dispatch of measure) r.dispatch(dispatch); },
    backward: (r: Recorder) => { if (backward) r.dispatch(backward); },
    setGamma: (expert, gamma) => { backward?.set(gammaName(E, expert), gamma); },
  };
}

function norms(scope: Scope, { weight, start, value }: DriftTensors, { E, n, row = 0 }: DriftDims): Dispatch[] {
  const { spec, columns } = rowKernel({ name: 'drift_forward', source: forwardSource }, n);
  const spans = Math.ceil(columns / SPAN);
  const partials = scope.tensor('drift partials', [E, spans]);
  return [
    scope.dispatch(spec, { tensors: { weight, start, partials }, params: { n: columns, SPAN }, workgroups: [spans, E] }),
    scope.dispatch(
      { name: 'drift_sum', source: sumSource },
      { tensors: { partials, value }, params: { spans, row }, workgroups: [E] },
    ),
  ];
}

/** Uniforms are scalars: each of the 8 possible experts has its own. */
export function gammaParams(E: number, gammas: readonly number[]): Record<string, number> {
  if (E > MAX_GAMMAS) throw new RangeError(`drift: at most ${String(MAX_GAMMAS)} experts, got ${String(E)}`);
  return Object.fromEntries(Array.from({ length: MAX_GAMMAS }, (_, e) => [`gamma${String(e)}`, gammas[e] ?? 0]));
}

export function gammaName(E: number, expert: number): string {
  if (!Number.isInteger(expert) || expert < 0 || expert >= E) throw new RangeError(`drift: no expert ${String(expert)} among ${String(E)}`);
  return `gamma${String(expert)}`;
}
