/** Bytes on the GPU by what they hold. */
export interface MemoryEstimate {
  readonly weights: number;
  readonly gradients: number;
  /** Both moments of AdamW, and where the experts began, which the drift is measured from. */
  readonly optimiser: number;
  /** Of one micro-batch, with their gradients. */
  readonly activations: number;
  /** Tables, parameters of kernels, readback. */
  readonly other: number;
  readonly total: number;
  /** The largest buffer: an adapter limits each of them, and says nothing of their sum. */
  readonly largest: { readonly label: string; readonly bytes: number };
}
