import type { AdapterFacts } from '../../gpu/gpu';

export type MatmulFamily = 'register' | 'tile' | 'row';

/** The part of the result that one workgroup computes. */
export interface MatmulTile {
  readonly family: MatmulFamily;
  readonly rows: number;
  readonly columns: number;
}

/** Real GPUs, and software adapters without subgroups. */
export const TILE_64: MatmulTile = { family: 'tile', rows: 64, columns: 64 };
/** The same adapters while decoding; serves 'abt' alone. */
export const ROW_4: MatmulTile = { family: 'row', rows: 1, columns: 4 };
/** Software adapters while decoding; serves 'abt' and 'ab'. */
export const REGISTER_4: MatmulTile = { family: 'register', rows: 4, columns: 16 };
export const REGISTER_16: MatmulTile = { family: 'register', rows: 16, columns: 16 };
/** A sixth to a quarter faster than 16 × 16, and four times as long to compile (1 to 2 s on two CPU cores). */
export const REGISTER_32: MatmulTile = { family: 'register', rows: 32, columns: 32 };

const FEW_ROWS = 4;
/** From this many multiplications on, some hundreds of calls win back what the larger tile takes to compile. */
const LARGE = 2 ** 24;

export interface MatmulShape {
  readonly layout: 'abt' | 'ab' | 'atb';
  readonly R: number;
  readonly G: number;
  readonly M: number;
  readonly N: number;
  readonly K: number;
}

/**
 * The table of tiles: which kernel serves a shape follows from adapter and shape alone, never from a timing, because
 * another family sums in another order and a resumed run must repeat bit for bit. Few entries, since each compiles for itself.
 *
 *   | adapter                   | abt, up to 4 rows | ab, up to 4 rows | large and without much waste | all else  |
 *   | software with subgroups   | REGISTER_4        | REGISTER_4       | REGISTER_32                  | REGISTER_16 |
 *   | any other                 | ROW_4             | TILE_64          | TILE_64                      | TILE_64   |
 */
export function chooseTile(
  { software, subgroups }: Pick<AdapterFacts, 'software' | 'subgroups'>, { layout, R, G, M, N, K }: MatmulShape,
): MatmulTile {
  const few = layout !== 'atb' && R <= FEW_ROWS;
  if (!software || !subgroups) return few && layout === 'abt' ? ROW_4 : TILE_64;
  if (few) return REGISTER_4;
  const [rows, multiplications] = layout === 'atb' ? [M, R * M * N] : [R / G, R * N * K];
  return multiplications >= LARGE && rows >= 64 && waste(rows) * waste(N) <= 1.1 ? REGISTER_32 : REGISTER_16;
}

/** What tiles of 32 compute for n rows or columns, as a multiple of what tiles of 16 do. */
function waste(n: number): number {
  return (2 * Math.ceil(n / 32)) / Math.ceil(n / 16);
}
