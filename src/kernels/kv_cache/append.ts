import type { Recorder } from '../../gpu/recorder';
import { grid, type Scope } from '../../gpu/scope';
import type { Tensor } from '../../gpu/tensor';
import type { Op } from '../op';
import source from './append.wgsl?raw';
import type { Positioned } from './positioned';

export interface AppendTensors {
  readonly inp: Tensor; // (B·T, W), the new rows
  readonly out: Tensor; // (B·Tcap, W), the cache
  /** A position for each sequence, in place of setPosition's for all; whoever writes them keeps them within the cache. */
  readonly positions?: Tensor; // (B) u32
}

export interface AppendDims {
  readonly B: number;
  readonly T: number;
  readonly Tcap: number;
  /** KV·D. */
  readonly W: number;
}

const GROUP = 64;

/** Copies row (b, t) of the new values to row b·Tcap + position + t of the cache. Has no backward: caches serve generation only. */
export function append(scope: Scope, { inp, out, positions }: AppendTensors, { B, T, Tcap, W }: AppendDims): Op & Positioned {
  const forward = scope.dispatch(
    { name: 'append', source, overrides: { WG: GROUP } },
    {
      // Absent positions are taken by a tensor that the kernel is told not to read.
      tensors: { inp, positions: positions ?? inp, out }, params: { B, T, Tcap, W, pos: 0, ragged: positions ? 1 : 0 },
      workgroups: grid(Math.ceil((B * T * W) / GROUP)),
    },
  );
  return {
    name: 'append',
    setPosition: (position: number) => {
      if (position + T > Tcap) {
        throw new RangeError(`append: positions ${String(position)} to ${String(position + T - 1)} do not fit into ${String(Tcap)}`);
      }
      forward.set('pos', position);
    },
    forward: (r: Recorder) => { r.dispatch(forward); },
    backward: () => undefined,
  };
}
