import type { Recorder } from '../../gpu/recorder';
import { grid, type Scope } from '../../gpu/scope';
import type { Tensor } from '../../gpu/tensor';
import type { Op, RowDims } from '../op';
import { wide } from '../wide';
import backwardWeight from './embedding_backward_weight.wgsl?raw';
import forwardSource from './embedding_forward.wgsl?raw';

/** An `InverseIndex` of the ids, on the GPU; uploaded with each batch. */
export interface InverseIndexTensors {
  readonly order: Tensor; // (N) u32
  readonly starts: Tensor; // (N + 1) u32
  readonly tokens: Tensor; // (N) u32
  readonly count: Tensor; // (1) u32
}

export interface EmbeddingTensors {
  readonly ids: Tensor; // (N) u32, below V
  readonly weight: Tensor; // (V, C)
  readonly out: Tensor; // (N, C)
  /** Absent in inference and while the weight is frozen, with `dweight` and `index`. */
  readonly dout?: Tensor; // (N, C)
  /** Accumulates (+=). */
  readonly dweight?: Tensor; // (V, C)
  readonly index?: InverseIndexTensors;
}

const GROUP = 64;
const CHANNEL_GROUP = 32;

/** out_n = weight_{ids_n}.    dweight_v += Σ_{n: ids_n = v} dout_n, over the rows that `index` lists, in their order. */
export function embedding(scope: Scope, t: EmbeddingTensors, { N, C }: RowDims): Op {
  const { ids, weight, out, dout, dweight, index } = t;
  const { spec, width } = wide({ name: 'embedding_forward', source: forwardSource, overrides: { WG: GROUP } }, C);
  const forward = scope.dispatch(
    spec,
    { tensors: { ids, weight, out }, params: { N, C }, workgroups: grid(Math.ceil((N * C) / (GROUP * width))) },
  );
  const intoWeight = dout && dweight && index && scope.dispatch(
    wide({ name: 'embedding_backward_weight', source: backwardWeight, overrides: { WG: CHANNEL_GROUP } }, C).spec,
    { tensors: { dout, ...index, dweight }, params: { N, C }, workgroups: grid(N) },
  );
  return {
    name: 'embedding',
    forward: (r: Recorder) => { r.dispatch(forward); },
    backward: (r: Recorder) => {
      if (intoWeight) r.dispatch(intoWeight);
    },
  };
}
