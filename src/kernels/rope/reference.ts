import { at } from '../float64';

export interface RopeReferenceDims {
  readonly B: number;
  readonly T: number;
  readonly heads: number;
  readonly D: number;
  readonly theta: number;
  /** Position of t = 0; row (b,t) stands at pos0 + t. */
  readonly pos0?: number;
}

/** Rotates every pair (x_i, x_{i+D/2}) of a head by sign·position·θ^(−2i/D). */
function rotate(inp: Float64Array, { B, T, heads, D, theta, pos0 = 0 }: RopeReferenceDims, sign: 1 | -1): Float64Array {
  const out = new Float64Array(inp.length);
  const half = D / 2;
  for (let n = 0; n < B * T; n++) {
    const position = pos0 + (n % T);
    for (let head = 0; head < heads; head++) {
      for (let i = 0; i < half; i++) {
        const angle = sign * position * theta ** ((-2 * i) / D);
        const first = (n * heads + head) * D + i;
        const [x, y] = [at(inp, first), at(inp, first + half)];
        out[first] = x * Math.cos(angle) - y * Math.sin(angle);
        out[first + half] = y * Math.cos(angle) + x * Math.sin(angle);
      }
    }
  }
  return out;
}

/** Float64 reference of rotary positions in the rotate-half layout of HF's Llama: inp (B·T, heads·D) -> the same shape. */
export function ropeForward(inp: Float64Array, dims: RopeReferenceDims): Float64Array {
  return rotate(inp, dims, 1);
}

/** A rotation's transpose is the rotation back. */
export function ropeBackward(dout: Float64Array, dims: RopeReferenceDims): Float64Array {
  return rotate(dout, dims, -1);
}
