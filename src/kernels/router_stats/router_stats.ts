import type { Recorder } from '../../gpu/recorder';
import { grid, type Scope } from '../../gpu/scope';
import type { Tensor } from '../../gpu/tensor';
import type { Op } from '../op';
import { rowKernel, rowLanes } from '../rows';
import source from './router_stats.wgsl?raw';

export interface RouterStatsTensors {
  readonly probs: Tensor; // (N, E)
  readonly index: Tensor; // (N, K) u32
  readonly lengths: Tensor; // (B) u32
  /** Mean probability over the sequence's tokens. */
  readonly seqProb: Tensor; // (L, B, E)
  /** Share of the sequence's (token, k) slots; sums to 1. */
  readonly seqLoad: Tensor; // (L, B, E)
  /** Mean entropy of the probabilities over the sequence's tokens, nats. */
  readonly seqEntropy: Tensor; // (L, B)
}

export interface RouterStatsDims {
  /** Which row of the (L, …) tensors this router writes. */
  readonly layer: number;
  readonly B: number;
  readonly T: number;
  readonly E: number;
  readonly K: number;
}

/** What one layer's router did, per sequence, padding excluded; zeros for a sequence without tokens. It stands after router. */
export function routerStats(scope: Scope, t: RouterStatsTensors, { layer, B, T, E, K }: RouterStatsDims): Op {
  const { probs, index, lengths, seqProb, seqLoad, seqEntropy } = t;
  const overrides = rowLanes(scope.gpu);
  const forward = scope.dispatch(
    rowKernel({ name: 'router_stats', source, constants: { E }, overrides }).spec,
    {
      tensors: { probs, index, lengths, seqProb, seqLoad, seqEntropy },
      params: { B, T, K, layer },
      workgroups: grid(Math.ceil(B / overrides.ROWS)),
    },
  );
  return { name: 'router_stats', forward: (r: Recorder) => { r.dispatch(forward); }, backward: () => undefined };
}
