import type { Recorder } from '../../gpu/recorder';
import { grid, type Scope } from '../../gpu/scope';
import { elements, type Tensor } from '../../gpu/tensor';
import { requireOneBinding } from '../gradient_norm/one_binding';
import source from './adamw.wgsl?raw';

export interface AdamwTensors {
  readonly weight: Tensor; // (n)
  readonly grad: Tensor; // (n)
  /** Starts as zeros. */
  readonly m: Tensor; // (n)
  /** Starts as zeros. */
  readonly v: Tensor; // (n)
  /** Filled by gradient_norm: [norm, scale, finite, appliedSteps]. */
  readonly state: Tensor; // (4)
}

/** A stretch of the flat storage; what no segment covers is frozen. */
export interface Segment {
  /** First element. */
  readonly start: number;
  readonly count: number;
  /** Factor on the learning rate. */
  readonly learningRateScale: number;
  readonly weightDecay: number;
}

export interface AdamwOptions {
  /** No two of them overlap. */
  readonly segments: readonly Segment[];
  readonly beta1: number;
  readonly beta2: number;
  readonly eps: number;
}

export interface Adamw {
  record(recorder: Recorder): void;
  /** For all later submits; 0 until it is set. */
  setLearningRate(learningRate: number): void;
}

const GROUP = 64;
const RUN = 8;

/**
 * AdamW over flat storage, in place, one dispatch a segment. A step whose gradient is not finite changes nothing.
 * Source: Loshchilov & Hutter, "Decoupled Weight Decay Regularization" (arXiv 1711.05101), algorithm 2; the learning rate
 * scales the decay too.
 * @throws RangeError where a segment ends beyond the storage.
 * @throws Refusal 'out-of-memory' where the storage does not fit into one binding.
 */
export function adamw(scope: Scope, t: AdamwTensors, { segments, beta1, beta2, eps }: AdamwOptions): Adamw {
  const { weight, grad, m, v, state } = t;
  const flat = [weight, grad, m, v];
  for (const tensor of flat) requireOneBinding(scope, tensor);
  const size = Math.min(...flat.map(({ shape }) => elements(shape)));
  const rate = scope.tensor('learning rate', [1]);
  const shared = { eps, rest1: 1 - beta1, rest2: 1 - beta2, log1: finiteLog(beta1), log2: finiteLog(beta2) };
  const dispatches = segments.map(({ start, count, learningRateScale, weightDecay }) => {
    if (start + count > size) {
      throw new RangeError(`adamw: the segment of ${String(count)} elements from ${String(start)} ends beyond ${String(size)}`);
    }
    return scope.dispatch(
      { name: 'adamw', source, overrides: { WG: GROUP }, constants: { RUN } },
      {
        tensors: { state, rate, grad, m, v, weight },
        params: { start, count, rateScale: learningRateScale, weightDecay, ...shared },
        workgroups: grid(Math.ceil(count / (GROUP * RUN))),
      },
    );
  });
  return {
    record: (r) => { for (const dispatch of dispatches) r.dispatch(dispatch); },
    setLearningRate: (learningRate) => { scope.gpu.write(rate, Float32Array.of(learningRate)); },
  };
}

/** ln β, at least −100: e⁻¹⁰⁰ is nothing beside 1, and WGSL may assume that there is no infinity. */
function finiteLog(beta: number): number {
  return Math.max(Math.log(beta), -100);
}
