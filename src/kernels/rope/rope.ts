import type { Recorder } from '../../gpu/recorder';
import { grid, type Scope } from '../../gpu/scope';
import type { Tensor } from '../../gpu/tensor';
import type { Positioned } from '../kv_cache/positioned';
import type { Op } from '../op';
import backwardSource from './rope_backward.wgsl?raw';
import forwardSource from './rope_forward.wgsl?raw';
import type { RopeTable } from './rope_table';

export interface RopeTensors {
  readonly inp: Tensor; // (B·T, heads·D)
  readonly out: Tensor; // (B·Tcap, heads·D), another buffer than inp
  readonly table: RopeTable; // (positions, D)
  /** A position for each sequence, in place of setPosition's for all; whoever writes them keeps them within the cache. */
  readonly positions?: Tensor; // (B) u32
  /** Absent in inference. */
  readonly dout?: Tensor; // (B·Tcap, heads·D)
  /** Written (=). */
  readonly dinp?: Tensor; // (B·T, heads·D)
}

export interface RopeDims {
  readonly B: number;
  readonly T: number;
  /**
   * Rows that out holds for each sequence. Above T, out is a cache and row (b, t) goes to row b·Tcap + position + t;
   * equal to T, out holds just these rows, wherever they stand in the sequence (queries, training).
   */
  readonly Tcap: number;
  readonly heads: number;
  readonly D: number;
}

const GROUP = 64;

/**
 * Rotary positions, rotate-half: out = R(p)·inp, R turns the pair (i, i + D/2) by p·theta^(−2i/D), p = position + t.
 * dinp = R(p)ᵀ·dout, at position 0.
 * Source: Su et al., "RoFormer" (arXiv 2104.09864), eq. 34, with the pairing of Hugging Face's Llama.
 */
export function rope(scope: Scope, t: RopeTensors, { B, T, Tcap, heads, D }: RopeDims): Op & Positioned {
  const { inp, out, positions, dout, dinp } = t;
  const table = t.table.values;
  if (t.table.D !== D) throw new RangeError(`rope: the table is for heads of ${String(t.table.D)}, not ${String(D)}`);
  const workgroups = grid(Math.ceil((B * T * heads * (D / 2)) / GROUP));
  const dims = { B, T, Tcap, heads, D };
  const forward = scope.dispatch(
    { name: 'rope_forward', source: forwardSource, overrides: { WG: GROUP } },
    // Absent positions are taken by a tensor that the kernel is told not to read.
    { tensors: { inp, table, positions: positions ?? table, out }, params: { ...dims, pos: 0, start: 0, ragged: positions ? 1 : 0 }, workgroups },
  );
  const backward = dout && dinp && scope.dispatch(
    { name: 'rope_backward', source: backwardSource, overrides: { WG: GROUP } },
    { tensors: { dout, table, dinp }, params: dims, workgroups },
  );
  const setPosition = (position: number): void => {
    const last = Tcap > T ? Math.min(Tcap, t.table.positions) : t.table.positions;
    if (position + T > last) {
      throw new RangeError(`rope: positions ${String(position)} to ${String(position + T - 1)} do not fit into ${String(last)}`);
    }
    forward.set('pos', position);
    if (Tcap > T) forward.set('start', position);
  };
  setPosition(0);
  return {
    name: 'rope',
    setPosition,
    forward: (r: Recorder) => { r.dispatch(forward); },
    backward: (r: Recorder) => { if (backward) r.dispatch(backward); },
  };
}
