import { add, at } from '../float64';

/** Float64 reference: out_n = weight_ids[n]: weight (V,C), ids (N) -> (N,C). */
export function embeddingForward(weight: Float64Array, ids: ArrayLike<number>, { N, C }: { readonly N: number; readonly C: number }) {
  const out = new Float64Array(N * C);
  for (let n = 0; n < N; n++) out.set(weight.subarray(at(ids, n) * C, (at(ids, n) + 1) * C), n * C);
  return out;
}

/** dweight_v = Σ_{n: ids[n] = v} dout_n: dout (N,C) -> (V,C). */
export function embeddingBackward(
  dout: Float64Array, ids: ArrayLike<number>, { N, C, V }: { readonly N: number; readonly C: number; readonly V: number },
): Float64Array {
  const dweight = new Float64Array(V * C);
  for (let n = 0; n < N; n++) {
    for (let c = 0; c < C; c++) add(dweight, at(ids, n) * C + c, at(dout, n * C + c));
  }
  return dweight;
}
