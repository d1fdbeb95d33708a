import { add, at } from '../float64';

export interface PromptMeanDims {
  readonly B: number;
  readonly T: number;
  readonly C: number;
}

/** out_b = mean of inp over the prompt's rows t < promptLengths[b]: inp (B·T,C) -> (B,C). */
export function promptMeanForward(inp: Float64Array, promptLengths: ArrayLike<number>, { B, T, C }: PromptMeanDims): Float64Array {
  const out = new Float64Array(B * C);
  for (let b = 0; b < B; b++) {
    const length = at(promptLengths, b);
    for (let t = 0; t < length; t++) {
      for (let c = 0; c < C; c++) add(out, b * C + c, at(inp, (b * T + t) * C + c) / length);
    }
  }
  return out;
}

/** dinp_bt = dout_b / promptLengths[b] inside of the prompt, zero beyond it: dout (B,C) -> (B·T,C). */
export function promptMeanBackward(dout: Float64Array, promptLengths: ArrayLike<number>, { B, T, C }: PromptMeanDims): Float64Array {
  const dinp = new Float64Array(B * T * C);
  for (let b = 0; b < B; b++) {
    const length = at(promptLengths, b);
    for (let t = 0; t < length; t++) {
      for (let c = 0; c < C; c++) dinp[(b * T + t) * C + c] = at(dout, b * C + c) / length;
    }
  }
  return dinp;
}
