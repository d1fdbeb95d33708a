import { grid, type Dispatch, type Scope } from '../../gpu/scope';
import type { Tensor } from '../../gpu/tensor';
import source from './dropout.wgsl?raw';

export interface DropoutTensors {
  readonly inp: Tensor; // (R, I)
  readonly out: Tensor; // (R, I)
  readonly offsets: Tensor; // (G+1) u32
}

export interface DropoutOptions {
  readonly R: number;
  readonly G: number;
  readonly I: number;
  /** The share of elements that becomes zero, in [0, 1); the others grow by 1 / (1 − dropout). */
  readonly dropout: number;
  /** += instead of =. */
  readonly accumulate: boolean;
}

const WORKGROUP = 64;

/** out = or += mask ⊙ inp, with the mask of `seed` (0 until set); the backward is the same kernel on the gradient. */
export function dropoutDispatch(scope: Scope, tensors: DropoutTensors, { R, G, I, dropout, accumulate }: DropoutOptions): Dispatch {
  const params = { G, I, seed: 0, threshold: Math.floor(dropout * 2 ** 32), keep: 1 / (1 - dropout), accumulate: accumulate ? 1 : 0 };
  return scope.dispatch(
    { name: 'dropout', source, overrides: { WG: WORKGROUP } },
    { tensors: { ...tensors }, params, workgroups: grid(Math.ceil((R * I) / WORKGROUP)) },
  );
}
