import { add, at } from '../float64';

export type MatmulLayout = 'abt' | 'ab' | 'atb';

export interface MatmulReferenceDims {
  /** Row capacity; group g holds the rows offsets[g] … offsets[g+1] − 1. */
  readonly R: number;
  readonly G: number;
  /** Columns of a; used by 'atb' only. */
  readonly M: number;
  readonly N: number;
  /** The summed dimension; used by 'abt' and 'ab' only. */
  readonly K: number;
}

/**
 * Float64 reference of the grouped matmul, one matrix b_g per group of rows:
 *   abt: out_rn = s·Σ_k a_rk·b_gnk   a (R,K), b (G,N,K) -> (R,N)
 *   ab:  out_rn = s·Σ_k a_rk·b_gkn   a (R,K), b (G,K,N) -> (R,N)
 *   atb: out_gmn = s·Σ_{r in g} a_rm·b_rn   a (R,M), b (R,N) -> (G,M,N)
 * Rows at or beyond offsets[G] are zero.
 */
export function matmulReference(
  layout: MatmulLayout, a: Float64Array, b: Float64Array, offsets: ArrayLike<number>, { R, G, M, N, K }: MatmulReferenceDims, scale = 1,
): Float64Array {
  const out = new Float64Array(layout === 'atb' ? G * M * N : R * N);
  for (let g = 0; g < G; g++) {
    for (let r = at(offsets, g); r < at(offsets, g + 1); r++) {
      if (layout === 'atb') {
        for (let m = 0; m < M; m++) {
          for (let n = 0; n < N; n++) add(out, (g * M + m) * N + n, scale * at(a, r * M + m) * at(b, r * N + n));
        }
        continue;
      }
      for (let n = 0; n < N; n++) {
        let sum = 0;
        for (let k = 0; k < K; k++) sum += at(a, r * K + k) * at(b, layout === 'abt' ? (g * N + n) * K + k : (g * K + k) * N + n);
        out[r * N + n] = scale * sum;
      }
    }
  }
  return out;
}

export interface LinearReferenceDims {
  readonly R: number;
  readonly G: number;
  /** Columns of inp. */
  readonly I: number;
  /** Columns of out. */
  readonly O: number;
}

/** out = inp·W_gᵀ: inp (R,I), weight (G,O,I) -> (R,O). */
export function linearForward(
  inp: Float64Array, weight: Float64Array, offsets: ArrayLike<number>, { R, G, I, O }: LinearReferenceDims,
): Float64Array {
  return matmulReference('abt', inp, weight, offsets, { R, G, M: 0, N: O, K: I });
}

/** dinp = dout·W_g (R,I),  dW_g = Σ_{r in g} dout_rᵀ·inp_r (G,O,I). */
export function linearBackward(
  dout: Float64Array, inp: Float64Array, weight: Float64Array, offsets: ArrayLike<number>, { R, G, I, O }: LinearReferenceDims,
) {
  return {
    dinp: matmulReference('ab', dout, weight, offsets, { R, G, M: 0, N: I, K: O }),
    dweight: matmulReference('atb', dout, inp, offsets, { R, G, M: O, N: I, K: 0 }),
  };
}
