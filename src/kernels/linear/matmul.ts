import { expand } from '../../gpu/expand';
import { grid, type Dispatch, type Scope } from '../../gpu/scope';
import type { Tensor } from '../../gpu/tensor';
import { specialize } from '../../gpu/wgsl';
import { chooseTile, type MatmulFamily, type MatmulTile } from './matmul_tiles';
import registerSource from './matmul_register.wgsl?raw';
import rowSource from './matmul_row.wgsl?raw';
import tileSource from './matmul_tile.wgsl?raw';

/** Which side is stored transposed; nothing is ever transposed in memory. */
export type MatmulLayout = 'abt' | 'ab' | 'atb';

export interface MatmulTensors {
  readonly a: Tensor; // abt, ab: (R, K); atb: (R, M)
  readonly b: Tensor; // abt: (G, N, K); ab: (G, K, N); atb: (R, N)
  readonly out: Tensor; // abt, ab: (R, N); atb: (G, M, N)
  /** Prefix sums of the row groups: group g holds rows offsets[g] … offsets[g+1] − 1. */
  readonly offsets: Tensor; // (G+1) u32
}

export interface MatmulDims {
  readonly layout: MatmulLayout;
  /** Row capacity; rows at or beyond offsets[G] are neither read nor written. */
  readonly R: number;
  /** Row groups, each with its own matrix; 1 is the dense case. */
  readonly G: number;
  /** Columns of a; used by 'atb' alone. */
  readonly M: number;
  readonly N: number;
  /** The summed dimension; used by 'abt' and 'ab' ('atb' sums over the group's rows). */
  readonly K: number;
  /** += instead of =. */
  readonly accumulate: boolean;
  readonly scale: number;
  /** Chosen by the adapter where absent; tests and benchmarks name one. */
  readonly tile?: MatmulTile;
}

const FLAGS = {
  abt: { A_ALONG_K: 1, B_ALONG_K: 1, SUM_ROWS: 0 },
  ab: { A_ALONG_K: 1, B_ALONG_K: 0, SUM_ROWS: 0 },
  atb: { A_ALONG_K: 0, B_ALONG_K: 0, SUM_ROWS: 1 },
} as const satisfies Record<MatmulLayout, Readonly<Record<string, number>>>;

/**
 * Grouped f32 matmul, out = or += scale · …:
 *   abt: out_rn = Σ_k a_rk · b_gnk      ab: out_rn = Σ_k a_rk · b_gkn      atb: out_gmn = Σ_(r in group g) a_rm · b_rn
 * An empty group gives 'atb' a zero matrix. The order of every sum is fixed by adapter and shape, so results repeat bit for bit.
 */
export function matmul(scope: Scope, { a, b, out, offsets }: MatmulTensors, dims: MatmulDims): Dispatch {
  const { layout, R, G, M, N, K, accumulate, scale } = dims;
  const tile = dims.tile ?? chooseTile(scope.gpu.adapter, dims);
  const columnTiles = Math.ceil(N / tile.columns);
  // Each group may end in a part of a tile: at most this many for any offsets.
  const rowTiles = layout === 'atb' ? G * Math.ceil(M / tile.rows) : Math.floor((R + G * (tile.rows - 1)) / tile.rows);
  const { name, source } = kernelSource(dims, tile);
  return scope.dispatch(
    { name, source },
    {
      tensors: { offsets, a, b, out },
      params: { G, M, N, K, accumulate: accumulate ? 1 : 0, scale },
      workgroups: grid(rowTiles * columnTiles),
    },
  );
}

/** One group of N rows: the offsets of the dense case. */
export function denseOffsets(scope: Scope, N: number): Tensor {
  const offsets = scope.tensor('dense offsets', [2]);
  scope.gpu.write(offsets, Uint32Array.of(0, N));
  return offsets;
}

const SOURCES: Record<MatmulFamily, string> = { register: registerSource, tile: tileSource, row: rowSource };
const expanded = new Map<string, string>();

function kernelSource({ layout, M, N, K }: MatmulDims, { family, rows, columns }: MatmulTile): { name: string; source: string } {
  const register = family === 'register';
  const wide = register && N % 4 === 0 && (layout === 'atb' ? M : K) % 4 === 0;
  const name = `matmul_${family}_${layout}_${String(rows)}x${String(columns)}${register && !wide ? '_ragged' : ''}`;
  let source = expanded.get(name);
  if (source === undefined) {
    source = family === 'row' ? rowSource : specialize(name, SOURCES[family], FLAGS[layout]);
    if (register) {
      const size = { P: rows / 4, P4: Math.ceil(rows / 16), Q: columns / 4, Q4: columns / 16, WIDTH: wide ? 4 : 1 };
      source = specialize(name, wide ? source : source.replace('alias Element = vec4f;', 'alias Element = f32;'), size);
    }
    source = expand(name, source);
    expanded.set(name, source);
  }
  return { name, source };
}
