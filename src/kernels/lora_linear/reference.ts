import { at } from '../float64';
import { linearBackward, linearForward, type LinearReferenceDims } from '../linear/reference';

export interface LoraWeights {
  readonly weight: Float64Array; // (G,O,I)
  readonly loraA: Float64Array; // (G,r,I)
  readonly loraB: Float64Array; // (G,O,r)
}

export interface LoraReferenceDims extends LinearReferenceDims {
  readonly rank: number;
  /** α/r. */
  readonly scale: number;
}

/**
 * Float64 reference: out = inp·W_gᵀ + scale·(mask⊙inp)·A_gᵀ·B_gᵀ: inp (R,I) -> out (R,O).
 * mask (R,I) is the dropout factor of each element, 0 or 1/(1 − dropout); without it nothing drops. The product down = (mask⊙inp)·Aᵀ (R,r)
 * is saved for backward.
 */
export function loraLinearForward(
  inp: Float64Array, { weight, loraA, loraB }: LoraWeights, offsets: ArrayLike<number>, { R, G, I, O, rank, scale }: LoraReferenceDims,
  mask?: Float64Array,
) {
  const down = linearForward(dropped(inp, mask), loraA, offsets, { R, G, I, O: rank });
  const up = linearForward(down, loraB, offsets, { R, G, I: rank, O });
  const out = linearForward(inp, weight, offsets, { R, G, I, O }).map((value, i) => value + scale * at(up, i));
  return { out, down };
}

/**
 * ddown = scale·dout·B (R,r),  dB = scale·doutᵀ·down,  dA = ddownᵀ·(mask⊙inp),  dinp = dout·W + mask⊙(ddown·A),  dweight = doutᵀ·inp.
 */
export function loraLinearBackward(
  dout: Float64Array, inp: Float64Array, { weight, loraA, loraB }: LoraWeights, down: Float64Array, offsets: ArrayLike<number>,
  { R, G, I, O, rank, scale }: LoraReferenceDims, mask?: Float64Array,
) {
  const base = linearBackward(dout, inp, weight, offsets, { R, G, I, O });
  const outer = linearBackward(dout.map((d) => scale * d), down, loraB, offsets, { R, G, I: rank, O });
  const inner = linearBackward(outer.dinp, dropped(inp, mask), loraA, offsets, { R, G, I, O: rank });
  const throughMask = dropped(inner.dinp, mask);
  return {
    dinp: base.dinp.map((d, i) => d + at(throughMask, i)),
    dweight: base.dweight,
    dloraA: inner.dweight,
    dloraB: outer.dweight,
  };
}

function dropped(values: Float64Array, mask: Float64Array | undefined): Float64Array {
  return mask ? values.map((value, i) => value * at(mask, i)) : values;
}
