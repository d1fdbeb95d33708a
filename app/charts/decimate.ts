/**
 * Rows worth drawing: per bucket of steps the index of every series' smallest and largest value, so that no spike is lost.
 * Values that are not finite are passed over. The first and last row are always kept.
 * @param series each holds at least `count` values
 * @returns ascending indices, at most `limit`
 */
export function decimate(series: readonly ArrayLike<number>[], count: number, limit: number): Uint32Array {
  if (count <= limit) return Uint32Array.from({ length: count }, (_, i) => i);
  const buckets = Math.max(1, Math.floor((limit - 2) / (2 * series.length)));
  const kept = new Set<number>([0, count - 1]);
  for (let bucket = 0; bucket < buckets; bucket++) {
    const from = Math.floor((bucket * count) / buckets);
    const to = Math.floor(((bucket + 1) * count) / buckets);
    for (const values of series) keepExtremes(values, from, to, kept);
  }
  return Uint32Array.from(kept).sort();
}

function keepExtremes(values: ArrayLike<number>, from: number, to: number, kept: Set<number>): void {
  let low = -1;
  let high = -1;
  for (let i = from; i < to; i++) {
    const value = values[i] ?? Number.NaN;
    if (!Number.isFinite(value)) continue;
    if (low < 0 || value < (values[low] ?? 0)) low = i;
    if (high < 0 || value > (values[high] ?? 0)) high = i;
  }
  if (low >= 0) kept.add(low).add(high);
}
