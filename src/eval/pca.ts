/** Axes of a cloud of points in C dimensions. */
export interface Pca {
  readonly centre: Float64Array; // (C)
  /** Unit vectors, at right angles to each other, widest first: (k, C). The largest entry of each is positive. */
  readonly axes: readonly Float64Array[];
  /** Share of the cloud's variance along each of them, in [0, 1]; 0 for a cloud without any. */
  readonly explained: readonly number[];
}

const SWEEPS = 60;
const PRECISION = 1e-30;

/**
 * Principal components: eigenvectors of the covariance (C, C), by cyclic Jacobi rotations in double precision.
 * Sources: Pearson, "On Lines and Planes of Closest Fit to Systems of Points in Space" (1901); Golub & Van Loan, "Matrix
 * Computations", section 8.5.
 * @param rows (N, C), N at least 1, all finite
 * @param k axes wanted, at most C
 * @throws RangeError without rows, for rows of unlike lengths, for k beyond C, and for numbers that are not finite.
 */
export function principalAxes(rows: readonly ArrayLike<number>[], k: number): Pca {
  const C = rows[0]?.length ?? 0;
  if (C === 0 || rows.some(({ length }) => length !== C)) throw new RangeError('principal axes: rows of one length are expected, at least one');
  if (!(Number.isInteger(k) && k >= 1 && k <= C)) throw new RangeError(`principal axes: 1 to ${C} axes are expected, not ${k}`);
  const centre = meanRow(rows);
  if (centre.some((value) => !Number.isFinite(value))) throw new RangeError('principal axes: finite numbers are expected');
  const { values, vectors } = jacobi(covariance(rows, centre), C);
  const total = values.reduce((sum, value) => sum + Math.max(value, 0), 0);
  const order = [...values.keys()].sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0)).slice(0, k);
  return {
    centre,
    axes: order.map((j) => upright(Float64Array.from({ length: C }, (_, i) => vectors[i * C + j] ?? 0))),
    explained: order.map((j) => (total > 0 ? Math.max(values[j] ?? 0, 0) / total : 0)),
  };
}

/** Coordinates along the axes: (k). */
export function project({ centre, axes }: Pca, point: ArrayLike<number>): readonly number[] {
  return axes.map((axis) => axis.reduce((sum, value, c) => sum + value * ((point[c] ?? NaN) - (centre[c] ?? 0)), 0));
}

/** The mean of rows (N, C): (C). */
export function meanRow(rows: readonly ArrayLike<number>[]): Float64Array {
  const sum = new Float64Array(rows[0]?.length ?? 0);
  for (const row of rows) for (let c = 0; c < sum.length; c++) sum[c] = (sum[c] ?? 0) + (row[c] ?? NaN);
  return sum.map((value) => value / rows.length);
}

function covariance(rows: readonly ArrayLike<number>[], centre: Float64Array): Float64Array {
  const C = centre.length;
  const a = new Float64Array(C * C);
  for (const row of rows) {
    const x = centre.map((mean, c) => (row[c] ?? NaN) - mean);
    for (let i = 0; i < C; i++) for (let j = 0; j < C; j++) a[i * C + j] = (a[i * C + j] ?? 0) + ((x[i] ?? 0) * (x[j] ?? 0)) / rows.length;
  }
  return a;
}

/** Eigenvalues and, by column, eigenvectors of a symmetric matrix (n, n), which is used up. */
function jacobi(a: Float64Array, n: number): { readonly values: readonly number[]; readonly vectors: Float64Array } {
  const vectors = Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0));
  const size = a.reduce((sum, value) => sum + value * value, 0);
  for (let sweep = 0; sweep < SWEEPS && offDiagonal(a, n) > PRECISION * size; sweep++) {
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) rotate(a, vectors, n, p, q);
  }
  return { values: Array.from({ length: n }, (_, i) => a[i * (n + 1)] ?? 0), vectors };
}

function offDiagonal(a: Float64Array, n: number): number {
  return a.reduce((sum, value, i) => (i % (n + 1) === 0 ? sum : sum + value * value), 0);
}

/** Makes a_pq nothing: a ← Jᵀ·a·J, vectors ← vectors·J. */
function rotate(a: Float64Array, vectors: Float64Array, n: number, p: number, q: number): void {
  const apq = a[p * n + q] ?? 0;
  if (apq === 0) return;
  const tau = ((a[q * (n + 1)] ?? 0) - (a[p * (n + 1)] ?? 0)) / (2 * apq);
  const t = (tau < 0 ? -1 : 1) / (Math.abs(tau) + Math.hypot(1, tau));
  const c = 1 / Math.hypot(1, t);
  const s = t * c;
  const turn = (m: Float64Array, i: number, j: number): void => {
    const [x, y] = [m[i] ?? 0, m[j] ?? 0];
    m[i] = c * x - s * y;
    m[j] = s * x + c * y;
  };
  for (let i = 0; i < n; i++) turn(a, i * n + p, i * n + q);
  for (let i = 0; i < n; i++) turn(a, p * n + i, q * n + i);
  for (let i = 0; i < n; i++) turn(vectors, i * n + p, i * n + q);
}

/** An axis has no sign of its own: its largest entry says which way is forward. */
function upright(axis: Float64Array): Float64Array {
  const largest = axis.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);
  return largest < 0 ? axis.map((value) => -value) : axis;
}
