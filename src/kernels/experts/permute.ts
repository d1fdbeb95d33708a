import type { Recorder } from '../../gpu/recorder';
import type { Scope } from '../../gpu/scope';
import type { Tensor } from '../../gpu/tensor';
import type { Op } from '../op';
import source from './permute.wgsl?raw';

/** Slot of a (token, k) entry that no expert takes (padding). */
export const NO_SLOT = 0xffffffff;

/** Where every (token, k) entry i = n·K + k stands among the rows that are grouped by expert. R = N·K slots at most. */
export interface Permutation {
  /** Expert e owns the slots offsets[e] … offsets[e + 1] − 1; offsets[E] counts the slots in use. */
  readonly offsets: Tensor; // (E + 1) u32
  readonly slotOf: Tensor; // (N, K) u32; NO_SLOT for padding
  /** The inverse: entry of a slot, so its token is sourceOf / K. Undefined from offsets[E] on. */
  readonly sourceOf: Tensor; // (R) u32
}

// SwiftShader compiles and runs a workgroup the slower the wider it is; a real GPU hides the longer stretches.
const THREADS = 64;

/**
 * Counts, prefix-sums and places the router's choices by expert, stably in (token, k) order. An index >= E is dropped.
 * It has no gradient. At most 8 experts, as in router.
 */
export function permute(
  scope: Scope,
  { index, offsets, slotOf, sourceOf }: Permutation & { readonly index: Tensor /* (N, K) u32 */ },
  { N, E, K }: { readonly N: number; readonly E: number; readonly K: number },
): Op {
  const place = scope.dispatch(
    { name: 'permute', source, constants: { E }, overrides: { WG: THREADS, STARTS: E * THREADS } },
    { tensors: { index, offsets, slotOf, sourceOf }, params: { SIZE: N * K }, workgroups: [1] },
  );
  return { name: 'permute', forward: (r: Recorder) => { r.dispatch(place); }, backward: () => undefined };
}
