import { add, at } from '../float64';

export interface ExpertsReferenceDims {
  /** Tokens. */
  readonly N: number;
  /** Experts a token. */
  readonly K: number;
}

/** Where each (token, k) pair stands among the rows ordered by expert; R = N·K is the rows' capacity and marks 'none'. */
export interface Permutation {
  /** (E+1): expert e holds the rows offsets[e] … offsets[e+1] − 1. */
  readonly offsets: Uint32Array;
  /** (N,K): the row of pair (n,k); R for padding. */
  readonly slot: Uint32Array;
  /** (R): the pair n·K + k in a row; R beyond offsets[E]. */
  readonly source: Uint32Array;
}

/** Pairs sorted by expert, stably in (token, k) order. index (N,K) holds E for padding, which gets no row. */
export function permute(index: ArrayLike<number>, { N, K, E }: ExpertsReferenceDims & { readonly E: number }): Permutation {
  const R = N * K;
  const offsets = new Uint32Array(E + 1);
  const slot = new Uint32Array(R).fill(R);
  const source = new Uint32Array(R).fill(R);
  let row = 0;
  for (let e = 0; e < E; e++) {
    offsets[e] = row;
    for (let pair = 0; pair < R; pair++) {
      if (at(index, pair) !== e) continue;
      slot[pair] = row;
      source[row] = pair;
      row++;
    }
  }
  offsets[E] = row;
  return { offsets, slot, source };
}

function eachPair(
  { slot }: Permutation, { N, K, C }: ExpertsReferenceDims & { readonly C: number },
  visit: (pair: number, tokenAt: number, rowAt: number) => void,
): void {
  for (let pair = 0; pair < N * K; pair++) {
    const row = at(slot, pair);
    if (row < N * K) visit(pair, Math.floor(pair / K) * C, row * C);
  }
}

type RowsOfC = ExpertsReferenceDims & { readonly C: number };

/** out_slot(n,k) = inp_n: inp (N,C) -> (R,C); rows beyond offsets[E] are zero. */
export function gatherForward(inp: Float64Array, permutation: Permutation, dims: RowsOfC): Float64Array {
  const out = new Float64Array(dims.N * dims.K * dims.C);
  eachPair(permutation, dims, (_, tokenAt, rowAt) => { out.set(inp.subarray(tokenAt, tokenAt + dims.C), rowAt); });
  return out;
}

/** dinp_n = Σ_k dout_slot(n,k). */
export function gatherBackward(dout: Float64Array, permutation: Permutation, dims: RowsOfC): Float64Array {
  const dinp = new Float64Array(dims.N * dims.C);
  eachPair(permutation, dims, (_, tokenAt, rowAt) => {
    for (let c = 0; c < dims.C; c++) add(dinp, tokenAt + c, at(dout, rowAt + c));
  });
  return dinp;
}

/** out_n = Σ_k share_nk·inp_slot(n,k): inp (R,C), share (N,K) -> (N,C); zero for padding. */
export function combineForward(inp: Float64Array, share: Float64Array, permutation: Permutation, dims: RowsOfC): Float64Array {
  const out = new Float64Array(dims.N * dims.C);
  eachPair(permutation, dims, (pair, tokenAt, rowAt) => {
    for (let c = 0; c < dims.C; c++) add(out, tokenAt + c, at(share, pair) * at(inp, rowAt + c));
  });
  return out;
}

/** dinp_slot(n,k) = share_nk·dout_n (R,C),  dshare_nk = dout_n·inp_slot(n,k) (N,K). */
export function combineBackward(dout: Float64Array, inp: Float64Array, share: Float64Array, permutation: Permutation, dims: RowsOfC) {
  const dinp = new Float64Array(dims.N * dims.K * dims.C);
  const dshare = new Float64Array(dims.N * dims.K);
  eachPair(permutation, dims, (pair, tokenAt, rowAt) => {
    for (let c = 0; c < dims.C; c++) {
      dinp[rowAt + c] = at(share, pair) * at(dout, tokenAt + c);
      add(dshare, pair, at(dout, tokenAt + c) * at(inp, rowAt + c));
    }
  });
  return { dinp, dshare };
}

/** norm_nk = ‖share_nk·inp_slot(n,k)‖ for k < K, norm_nK = ‖stream_n‖: inp (R,C), share (N,K), stream (N,C) -> (N,K+1); zero for entries without a row. */
export function contributionForward(inp: Float64Array, share: Float64Array, stream: Float64Array, permutation: Permutation, dims: RowsOfC): Float64Array {
  const { N, K, C } = dims;
  const length = (values: Float64Array): number => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
  const norm = new Float64Array(N * (K + 1));
  for (let n = 0; n < N; n++) norm[n * (K + 1) + K] = length(stream.subarray(n * C, (n + 1) * C));
  eachPair(permutation, dims, (pair, _, rowAt) => {
    const n = Math.floor(pair / K);
    norm[n * (K + 1) + (pair % K)] = length(inp.subarray(rowAt, rowAt + C).map((value) => at(share, pair) * value));
  });
  return norm;
}
