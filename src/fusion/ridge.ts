/**
 * Closed-form ridge regression, W = (XᵀX + α·I)⁻¹ XᵀY, gathered row by row so that X is never held.
 * α is `strength` times the mean of XᵀX's diagonal. Source: Hoerl & Kennard (1970), "Ridge Regression".
 */
export class Ridge {
  private readonly gram: Float64Array; // (C, C), lower triangle
  private readonly moment: Float64Array; // (C, E)

  constructor(
    private readonly C: number,
    private readonly E: number,
  ) {
    this.gram = new Float64Array(C * C);
    this.moment = new Float64Array(C * E);
  }

  /** x: (C) inputs; y: (E) wanted outputs. */
  add(x: ArrayLike<number>, y: readonly number[]): void {
    const { C, E, gram, moment } = this;
    for (let i = 0; i < C; i++) {
      const xi = x[i] ?? 0;
      for (let j = 0; j <= i; j++) gram[i * C + j] = (gram[i * C + j] ?? 0) + xi * (x[j] ?? 0);
      for (let e = 0; e < E; e++) moment[i * E + e] = (moment[i * E + e] ?? 0) + xi * (y[e] ?? 0);
    }
  }

  /** The weights, (E, C). */
  solve(strength: number): Float64Array {
    const { C, E, gram, moment } = this;
    let trace = 0;
    for (let i = 0; i < C; i++) trace += gram[i * C + i] ?? 0;
    const alpha = Math.max((strength * trace) / C, 1e-12);
    const factor = cholesky(gram.map((value, i) => (i % (C + 1) === 0 ? value + alpha : value)), C);
    const weights = new Float64Array(E * C);
    for (let e = 0; e < E; e++) {
      const column = Float64Array.from({ length: C }, (_, i) => moment[i * E + e] ?? 0);
      weights.set(substitute(factor, column, C), e * C);
    }
    return weights;
  }
}

/** Lower L with L·Lᵀ = a, in place of a's lower triangle. */
function cholesky(a: Float64Array, C: number): Float64Array {
  const at = (i: number, j: number): number => a[i * C + j] ?? 0;
  for (let j = 0; j < C; j++) {
    for (let i = j; i < C; i++) {
      let sum = at(i, j);
      for (let k = 0; k < j; k++) sum -= at(i, k) * at(j, k);
      a[i * C + j] = i === j ? Math.sqrt(sum) : sum / at(j, j);
    }
  }
  return a;
}

/** Solves L·Lᵀ·x = b. */
function substitute(L: Float64Array, b: Float64Array, C: number): Float64Array {
  const x = Float64Array.from(b);
  for (let i = 0; i < C; i++) {
    let sum = x[i] ?? 0;
    for (let k = 0; k < i; k++) sum -= (L[i * C + k] ?? 0) * (x[k] ?? 0);
    x[i] = sum / (L[i * C + i] ?? 1);
  }
  for (let i = C - 1; i >= 0; i--) {
    let sum = x[i] ?? 0;
    for (let k = i + 1; k < C; k++) sum -= (L[k * C + i] ?? 0) * (x[k] ?? 0);
    x[i] = sum / (L[i * C + i] ?? 1);
  }
  return x;
}
