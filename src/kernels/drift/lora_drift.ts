import type { Recorder } from '../../gpu/recorder';
import { grid, type Dispatch, type Scope } from '../../gpu/scope';
import type { Tensor } from '../../gpu/tensor';
import { rowLanes } from '../rows';
import { gammaName, gammaParams, type Drift } from './drift';
import backwardSource from './lora_drift_backward.wgsl?raw';
import forwardSource from './lora_drift_forward.wgsl?raw';
import gramSource from './lora_drift_gram.wgsl?raw';

export interface LoraDriftTensors {
  readonly loraA: Tensor; // (E, r, I)
  readonly loraB: Tensor; // (E, O, r), zero at the start
  /** Accumulates (+=). */
  readonly dloraA?: Tensor; // (E, r, I)
  /** Accumulates (+=). */
  readonly dloraB?: Tensor; // (E, O, r)
  /** ‖Δ_e‖², unweighted; one row for each parameter that shares the tensor. Written (=). */
  readonly value: Tensor; // (E) or (rows, E)
}

export interface LoraDriftDims {
  /** Experts, at most 8. */
  readonly E: number;
  readonly rank: number;
  readonly I: number;
  readonly O: number;
  /** s = α/r. */
  readonly scale: number;
  /** Row of `value` that this parameter writes; 0 by default. */
  readonly row?: number;
}

const THREADS = 64;

/**
 * Drift of experts that move by an adapter from where it was zero, Δ_e = s·B_e·A_e, without forming Δ:
 *   value_e = ‖Δ_e‖² = s²·⟨BᵀB, AAᵀ⟩,    dB_e += 2γ_e·s²·B·(AAᵀ),    dA_e += 2γ_e·s²·(BᵀB)·A.
 * Backward uses the two r × r Gram matrices that forward computes: record forward first, after the last change of A and B.
 * @throws RangeError for more than 8 experts.
 */
export function loraDrift(
  scope: Scope, { loraA, loraB, dloraA, dloraB, value }: LoraDriftTensors,
  { E, rank, I, O, scale, row = 0 }: LoraDriftDims, gammas: readonly number[] = [],
): Drift {
  const overrides = rowLanes(scope.gpu);
  const gramA = scope.tensor('drift gram A', [E, rank, rank]); // A·Aᵀ
  const gramB = scope.tensor('drift gram B', [E, rank, rank]); // Bᵀ·B
  const a = { rank, M: I, directionStride: I, elementStride: 1 };
  const b = { rank, M: O, directionStride: 1, elementStride: rank };
  const gram = (adapter: Tensor, into: Tensor, strides: typeof a): Dispatch => scope.dispatch(
    { name: 'lora_drift_gram', source: gramSource, overrides },
    {
      tensors: { adapter, gram: into },
      params: { SIZE: E * rank * rank, ...strides },
      workgroups: grid(Math.ceil((E * rank * rank) / overrides.ROWS)),
    },
  );
  const into = (adapter: Tensor, dadapter: Tensor, other: Tensor, strides: typeof a): Dispatch => scope.dispatch(
    { name: 'lora_drift_backward', source: backwardSource },
    {
      tensors: { adapter, gram: other, dadapter },
      params: { E, scale, ...strides, ...gammaParams(E, gammas) },
      workgroups: grid(Math.ceil((E * rank * strides.M) / THREADS)),
    },
  );
  const measure = [
    gram(loraA, gramA, a),
    gram(loraB, gramB, b),
    scope.dispatch(
      { name: 'lora_drift_forward', source: forwardSource },
      { tensors: { gramA, gramB, value }, params: { rank, row, scale }, workgroups: [E] },
    ),
  ];
  const gradients = [
    ...(dloraA ? [into(loraA, dloraA, gramB, a)] : []),
    ...(dloraB ? [into(loraB, dloraB, gramA, b)] : []),
  ];
  return {
    name: 'lora_drift',
    forward: (r: Recorder) => { for (const dispatch of measure) r.dispatch(dispatch); },
    backward: (r: Recorder) => { for (const dispatch of gradients) r.dispatch(dispatch); },
    setGamma: (expert, gamma) => { for (const dispatch of gradients) dispatch.set(gammaName(E, expert), gamma); },
  };
}
