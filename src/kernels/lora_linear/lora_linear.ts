import type { Recorder } from '../../gpu/recorder';
import type { Scope } from '../../gpu/scope';
import type { Tensor } from '../../gpu/tensor';
import type { LinearDims, LinearTensors } from '../linear/linear';
import { matmul } from '../linear/matmul';
import type { Op } from '../op';
import { dropoutDispatch } from './dropout';

/** The base weight is frozen: it never gets a gradient. */
export interface LoraLinearTensors extends Omit<LinearTensors, 'dweight'> {
  readonly loraA: Tensor; // (G, rank, I)
  readonly loraB: Tensor; // (G, O, rank)
  /** Accumulates (+=). */
  readonly dloraA?: Tensor; // (G, rank, I)
  /** Accumulates (+=). */
  readonly dloraB?: Tensor; // (G, O, rank)
}

export interface LoraLinearDims extends LinearDims {
  readonly rank: number;
}

export interface LoraLinearOptions {
  /** α / rank. */
  readonly scale: number;
  /** Share of the adapter's input that is zeroed in training, in [0, 1); without dout nothing is. */
  readonly dropout: number;
  readonly accumulateDinp: boolean;
}

export interface LoraLinear extends Op {
  /** The mask of all later submits; once a step, another for each op. Does nothing at dropout 0. */
  setSeed(seed: number): void;
  /** Off: whatever is recorded later runs without dropout. On at first. */
  setTraining(training: boolean): void;
}

/**
 * out = inp·W_gᵀ + s·x·A_gᵀ·B_gᵀ,  x = mask ⊙ inp.
 *   ddown = s·dout·B,  dB += s·doutᵀ·down,  dA += ddownᵀ·x,  dinp = or += dout·W + mask ⊙ (ddown·A),  down = x·Aᵀ kept from forward.
 * Source: Hu et al., "LoRA: Low-Rank Adaptation of Large Language Models" (arXiv 2106.09685), eq. 3.
 */
export function loraLinear(
  scope: Scope, t: LoraLinearTensors, { R, G, I, O, rank }: LoraLinearDims, { scale, dropout, accumulateDinp }: LoraLinearOptions,
): LoraLinear {
  const { inp, weight, out, offsets, dout, dinp, loraA, loraB, dloraA, dloraB } = t;
  const size = { R, G, M: 0, accumulate: false, scale: 1 };
  const down = scope.tensor('lora_down', [R, rank]);
  const base = matmul(scope, { a: inp, b: weight, out, offsets }, { ...size, layout: 'abt', N: O, K: I });
  const up = matmul(scope, { a: down, b: loraB, out, offsets }, { ...size, layout: 'abt', N: O, K: rank, accumulate: true, scale });
  const ddown = dout && (dinp ?? dloraA) && scope.tensor('lora_ddown', [R, rank]);
  const intoDown = dout && ddown && matmul(
    scope, { a: dout, b: loraB, out: ddown, offsets }, { ...size, layout: 'ab', N: rank, K: O, scale },
  );
  const intoB = dout && dloraB && matmul(
    scope, { a: dout, b: down, out: dloraB, offsets }, { ...size, layout: 'atb', M: O, N: rank, K: 0, accumulate: true, scale },
  );
  const intoInp = dout && dinp && matmul(
    scope, { a: dout, b: weight, out: dinp, offsets }, { ...size, layout: 'ab', N: I, K: O, accumulate: accumulateDinp },
  );

  // The adapter's input side, once with the input itself and once with the dropped input.
  const inner = (x: Tensor, dx: { readonly out: Tensor; readonly accumulate: boolean } | undefined) => ({
    down: matmul(scope, { a: x, b: loraA, out: down, offsets }, { ...size, layout: 'abt', N: rank, K: I }),
    intoA: ddown && dloraA && matmul(
      scope, { a: ddown, b: x, out: dloraA, offsets }, { ...size, layout: 'atb', M: rank, N: I, K: 0, accumulate: true },
    ),
    intoX: ddown && dx && matmul(
      scope, { a: ddown, b: loraA, out: dx.out, offsets }, { ...size, layout: 'ab', N: I, K: rank, accumulate: dx.accumulate },
    ),
  });
  const plain = inner(inp, dinp && { out: dinp, accumulate: true });
  // `dropped` holds x until dA has read it, then x's gradient.
  const dropped = dout && dropout > 0 ? scope.tensor('lora_dropped', [R, I]) : undefined;
  const masked = dropped && inner(dropped, dinp && { out: dropped, accumulate: false });
  const drop = dropped && dropoutDispatch(scope, { inp, out: dropped, offsets }, { R, G, I, dropout, accumulate: false });
  const dropBack = dropped && dinp && dropoutDispatch(scope, { inp: dropped, out: dinp, offsets }, { R, G, I, dropout, accumulate: true });

  let training = true;
  return {
    name: 'lora_linear',
    forward: (r: Recorder) => {
      if (training && drop) r.dispatch(drop);
      r.dispatch(((training ? masked : undefined) ?? plain).down);
      r.dispatch(base);
      r.dispatch(up);
    },
    backward: (r: Recorder) => {
      const { intoA, intoX } = (training ? masked : undefined) ?? plain;
      if (intoB) r.dispatch(intoB);
      if (intoDown) r.dispatch(intoDown);
      if (intoA) r.dispatch(intoA);
      if (intoInp) r.dispatch(intoInp);
      if (intoX) r.dispatch(intoX);
      if (training && dropBack && intoX) r.dispatch(dropBack);
    },
    setSeed: (seed: number) => {
      drop?.set('seed', seed);
      dropBack?.set('seed', seed);
    },
    setTraining: (on: boolean) => { training = on; },
  };
}
