import type { Recorder } from '../gpu/recorder';

/**
 * One step of a model, bound to its tensors when it is made. `forward` records the dispatches of the value,
 * `backward` those of the gradients, in that order of dispatch. Neither allocates, binds or waits.
 */
export interface Op {
  readonly name: string;
  forward(recorder: Recorder): void;
  backward(recorder: Recorder): void;
}

/** Rows and channels of a row-wise op. */
export interface RowDims {
  /** Rows: B·T tokens. */
  readonly N: number;
  /** Channels. */
  readonly C: number;
}
