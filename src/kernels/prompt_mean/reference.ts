import { add, at } from '../float64';

export interface PromptMeanDims {
  readonly B: number;
  readonly T: number;
  readonly C: number;
}

/**
 * Every row of a sequence gets the mean of its prompt, the rows t < promptLengths[b], zero where there is none:
 * inp (B·T,C) -> out (B·T,C).
 */
export function promptMeanForward(inp: Float64Array, promptLengths: ArrayLike<number>, dims: PromptMeanDims): Float64Array {
  return spread(inp, promptLengths, dims, 'from prompt');
}

/** dinp_bt = Σ_t' dout_bt' / promptLengths[b] inside of the prompt, zero beyond it. */
export function promptMeanBackward(dout: Float64Array, promptLengths: ArrayLike<number>, dims: PromptMeanDims): Float64Array {
  return spread(dout, promptLengths, dims, 'to prompt');
}

/** Sums the rows of one range over promptLengths[b] into every row of the other; the two directions are each other's transpose. */
function spread(
  inp: Float64Array, promptLengths: ArrayLike<number>, { B, T, C }: PromptMeanDims, direction: 'from prompt' | 'to prompt',
): Float64Array {
  const out = new Float64Array(B * T * C);
  for (let b = 0; b < B; b++) {
    const prompt = at(promptLengths, b);
    const [read, written] = direction === 'from prompt' ? [prompt, T] : [T, prompt];
    for (let c = 0; c < C; c++) {
      let sum = 0;
      for (let t = 0; t < read; t++) sum += at(inp, (b * T + t) * C + c);
      for (let t = 0; t < written; t++) add(out, (b * T + t) * C + c, sum / Math.max(prompt, 1));
    }
  }
  return out;
}
