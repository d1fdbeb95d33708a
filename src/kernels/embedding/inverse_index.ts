/** Which rows hold each token of a batch: what a gradient needs to gather instead of scatter. Arrays have static sizes. */
export interface InverseIndex {
  /** Row numbers, grouped by token, ascending within each. */
  readonly order: Uint32Array<ArrayBuffer>; // (N)
  /** Token u's rows are order[starts[u]] to order[starts[u + 1] − 1]. */
  readonly starts: Uint32Array<ArrayBuffer>; // (N + 1)
  /** The different tokens, ascending. */
  readonly tokens: Uint32Array<ArrayBuffer>; // (N)
  /** How many different tokens there are. */
  readonly count: Uint32Array<ArrayBuffer>; // (1)
}

/**
 * Sorts the rows of `ids` (N) by token, on the CPU. Rows for which `valid` is false (padding) belong to no token.
 * What lies beyond the last row or token is 0.
 */
export function inverseIndex(ids: Uint32Array, valid: (n: number) => boolean = () => true): InverseIndex {
  const N = ids.length;
  const rowsOf = new Map<number, number[]>();
  ids.forEach((id, n) => {
    if (!valid(n)) return;
    const rows = rowsOf.get(id);
    if (rows === undefined) rowsOf.set(id, [n]);
    else rows.push(n);
  });
  const index = {
    order: new Uint32Array(N),
    starts: new Uint32Array(N + 1),
    tokens: new Uint32Array(N),
    count: Uint32Array.of(rowsOf.size),
  };
  let at = 0;
  [...rowsOf].sort(([a], [b]) => a - b).forEach(([token, rows], u) => {
    index.tokens[u] = token;
    index.order.set(rows, at);
    at += rows.length;
    index.starts[u + 1] = at;
  });
  return index;
}
