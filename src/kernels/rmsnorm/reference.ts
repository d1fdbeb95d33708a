import type { RowDims } from '../op';

/** Float64 reference of rmsnorm: the same maths, one loop each. */
export function rmsnormForward(inp: Float64Array, weight: Float64Array, { N, C, eps }: RowDims & { readonly eps: number }) {
  const out = new Float64Array(N * C);
  const rstd = new Float64Array(N);
  for (let n = 0; n < N; n++) {
    const row = inp.subarray(n * C, (n + 1) * C);
    const meanSquare = row.reduce((sum, x) => sum + x * x, 0) / C;
    const r = 1 / Math.sqrt(meanSquare + eps);
    rstd[n] = r;
    row.forEach((x, c) => { out[n * C + c] = x * r * (weight[c] ?? NaN); });
  }
  return { out, rstd };
}

/** dinp and dweight for one dout; nothing accumulates here. */
export function rmsnormBackward(
  dout: Float64Array, inp: Float64Array, weight: Float64Array, rstd: Float64Array, { N, C }: RowDims,
) {
  const dinp = new Float64Array(N * C);
  const dweight = new Float64Array(C);
  for (let n = 0; n < N; n++) {
    const r = rstd[n] ?? NaN;
    const at = (array: Float64Array, c: number): number => array[n * C + c] ?? NaN;
    let mean = 0;
    for (let c = 0; c < C; c++) mean += (at(dout, c) * (weight[c] ?? NaN) * at(inp, c)) / C;
    for (let c = 0; c < C; c++) {
      dinp[n * C + c] = r * (at(dout, c) * (weight[c] ?? NaN) - at(inp, c) * r * r * mean);
      dweight[c] = (dweight[c] ?? 0) + at(dout, c) * at(inp, c) * r;
    }
  }
  return { dinp, dweight };
}
