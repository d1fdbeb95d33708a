import type { AdapterFacts } from '../../gpu/gpu';

/** Threads of a workgroup (WG) and rows of one thread (R). */
export interface AttentionTile {
  readonly WG: number;
  readonly R: number;
}

export interface AttentionTiles {
  /** Quads share their loads by swapping: for software adapters with subgroups. */
  readonly quad: boolean;
  readonly forward: AttentionTile;
  /** Both gradient kernels. */
  readonly backward: AttentionTile;
  /** For generation: a workgroup for each row, its threads striding over the keys. */
  readonly decode: { readonly WG: number };
  /** Below this many query rows a sequence, `decode` serves. */
  readonly decodeBelow: number;
}

/** Floats of workgroup memory that the decode kernel's merge may take: half of what every adapter has. */
const MERGE_FLOATS = 2048;

/** Fixed by adapter kind and head width, never by a timing. Wide heads get fewer rows a thread: registers and compile time grow with both. */
export function attentionTiles({ software, subgroups }: Pick<AdapterFacts, 'software' | 'subgroups'>, D: number): AttentionTiles {
  const rows = (floats: number): number => Math.max(1, Math.min(4, Math.floor(floats / D)));
  if (software) {
    const quad = subgroups;
    const WG = quad ? 4 : 8;
    return { quad, forward: { WG, R: rows(128) }, backward: { WG, R: rows(64) }, decode: { WG: 4 }, decodeBelow: quad ? 2 : 4 };
  }
  const WG = Math.min(64, 2 ** Math.floor(Math.log2(MERGE_FLOATS / D)));
  return { quad: false, forward: { WG: 64, R: 1 }, backward: { WG: 64, R: 1 }, decode: { WG }, decodeBelow: 9 };
}
