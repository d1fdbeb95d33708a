/** Rows of one thread (R), threads of a workgroup (WG), keys of one softmax step (KB). */
export interface AttentionTiles {
  readonly forward: { readonly WG: number; readonly R: number; readonly KB: number };
  readonly delta: { readonly WG: number };
  readonly query: { readonly WG: number; readonly R: number };
  readonly key: { readonly WG: number; readonly R: number };
  /** Present where so few query rows are asked for that the keys must be spread over threads instead. */
  readonly decode: { readonly WG: number } | undefined;
}

const DECODE_ROWS = 8;

/** Fixed by adapter kind and shape, never by a timing. */
export function attentionTiles(software: boolean, { T, D }: { readonly T: number; readonly D: number }): AttentionTiles {
  const threads = Math.min(64, 2 ** Math.floor(Math.log2(2048 / D)));
  const decode = T <= DECODE_ROWS ? { WG: threads } : undefined;
  const R = D <= 32 ? 2 : 1;
  if (software) {
    return {
      forward: { WG: 8, R, KB: 2 }, delta: { WG: 32 }, query: { WG: 8, R }, key: { WG: 8, R }, decode,
    };
  }
  return { forward: { WG: 64, R: 1, KB: 2 }, delta: { WG: 64 }, query: { WG: 64, R: 1 }, key: { WG: 64, R: 1 }, decode };
}
