import { add, at } from '../float64';

export interface GatherRowsReferenceDims {
  /** Rows of inp. */
  readonly N: number;
  /** Rows of out. */
  readonly R: number;
  readonly C: number;
}

/** Float64 reference: out_r = inp_rows[r]: inp (N,C), rows (R) -> (R,C); zero where rows[r] ≥ N, which means 'none'. */
export function gatherRowsForward(inp: Float64Array, rows: ArrayLike<number>, { N, R, C }: GatherRowsReferenceDims): Float64Array {
  const out = new Float64Array(R * C);
  for (let r = 0; r < R; r++) {
    const n = at(rows, r);
    if (n < N) out.set(inp.subarray(n * C, (n + 1) * C), r * C);
  }
  return out;
}

/** dinp_n = Σ_{r: rows[r] = n} dout_r: dout (R,C) -> (N,C). */
export function gatherRowsBackward(dout: Float64Array, rows: ArrayLike<number>, { N, R, C }: GatherRowsReferenceDims): Float64Array {
  const dinp = new Float64Array(N * C);
  for (let r = 0; r < R; r++) {
    const n = at(rows, r);
    for (let c = 0; n < N && c < C; c++) add(dinp, n * C + c, at(dout, r * C + c));
  }
  return dinp;
}
