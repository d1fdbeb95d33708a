/**
 * Uniform soup: (1/E)·Σ_i θ_i of one tensor (Wortsman et al., arXiv 2203.05482). In weights and not in task vectors,
 * so that equal models give themselves, bit for bit: E·θ is exact in float64.
 */
export function soup(models: readonly Float32Array[]): Float32Array {
  const [first, ...others] = models;
  if (first === undefined) throw new RangeError('a soup needs a model');
  return first.map((value, j) => {
    let sum = value;
    for (const other of others) sum += other[j] ?? NaN;
    return sum / models.length;
  });
}
