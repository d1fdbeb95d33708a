import type { AdapterFacts } from '../../gpu/gpu';

export type MatmulFamily = 'register' | 'tile';

/** The part of the result that one workgroup computes. */
export interface MatmulTile {
  readonly family: MatmulFamily;
  readonly rows: number;
  readonly columns: number;
}

/** Real GPUs, and software adapters without subgroups. */
export const TILE_64: MatmulTile = { family: 'tile', rows: 64, columns: 64 };
/** Decoding: up to four rows. */
export const REGISTER_4: MatmulTile = { family: 'register', rows: 4, columns: 16 };
export const REGISTER_16: MatmulTile = { family: 'register', rows: 16, columns: 16 };
/** A quarter faster than 16 × 16, and four times as long to compile (1 to 2 s on two CPU cores). */
export const REGISTER_32: MatmulTile = { family: 'register', rows: 32, columns: 32 };

/** From this many multiplications on, some dozens of calls win back what the larger tile takes to compile. */
const LARGE = 2 ** 26;

/**
 * The table of tiles: which kernel serves a shape follows from adapter and shape alone, never from a timing, because
 * another family sums in another order and a resumed run must repeat bit for bit. Few entries, since each compiles for itself.
 */
export function chooseTile(
  { software, subgroups }: Pick<AdapterFacts, 'software' | 'subgroups'>,
  { layout, R, M, N, K }: { readonly layout: 'abt' | 'ab' | 'atb'; readonly R: number; readonly M: number; readonly N: number; readonly K: number },
): MatmulTile {
  if (!software || !subgroups) return TILE_64;
  const [rows, depth] = layout === 'atb' ? [M, R] : [R, K];
  if (layout !== 'atb' && rows <= 4) return REGISTER_4;
  return rows >= 128 && N >= 128 && rows * N * depth >= LARGE ? REGISTER_32 : REGISTER_16;
}
