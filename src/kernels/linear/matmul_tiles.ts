import type { AdapterFacts } from '../../gpu/gpu';

export type MatmulFamily = 'register' | 'tile';

/** The part of the result that one workgroup computes. */
export interface MatmulTile {
  readonly family: MatmulFamily;
  readonly rows: number;
  readonly columns: number;
}

export const TILE_64: MatmulTile = { family: 'tile', rows: 64, columns: 64 };

/**
 * The table of tiles: which kernel serves a shape follows from adapter and shape alone, never from a timing, because
 * another tile sums in another order and a resumed run must repeat bit for bit. Few entries, since each compiles for itself.
 */
export function chooseTile(
  { software, subgroups }: Pick<AdapterFacts, 'software' | 'subgroups'>,
  { layout, R, G, M, N }: { layout: 'abt' | 'ab' | 'atb'; R: number; G: number; M: number; N: number },
): MatmulTile {
  if (!software || !subgroups) return TILE_64;
  const rows = layout === 'atb' ? M : R / G;
  if (N <= 8) return { family: 'register', rows: 16, columns: 8 };
  return { family: 'register', rows: rows <= 4 ? 4 : 16, columns: 16 };
}
