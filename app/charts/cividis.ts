type Rgb = readonly [red: number, green: number, blue: number];

/** Cividis at tenths less one of its length (Nuñez, Anderton, Renslow, PLOS ONE 2018): even in lightness, safe for colour blindness. */
const ANCHORS: readonly Rgb[] = [
  [0, 34, 78], [18, 53, 112], [59, 73, 108], [87, 93, 109], [112, 113, 115],
  [138, 134, 120], [165, 156, 116], [195, 179, 105], [225, 204, 85], [254, 232, 56],
];

/** The colour of a probability; the scale is 0 to 1 everywhere and never rescaled. */
export function cividis(probability: number): string {
  const at = Math.max(0, Math.min(1, probability)) * (ANCHORS.length - 1);
  const low = Math.min(Math.floor(at), ANCHORS.length - 2);
  const from = ANCHORS[low] ?? [0, 0, 0];
  const to = ANCHORS[low + 1] ?? [0, 0, 0];
  const mix = (i: 0 | 1 | 2): string => String(Math.round(from[i] + (at - low) * (to[i] - from[i])));
  return `rgb(${mix(0)}, ${mix(1)}, ${mix(2)})`;
}

/** Text that reads on that colour with contrast of at least 4.5. */
export function textOnCividis(probability: number): string {
  return probability < 0.48 ? '#ffffff' : '#000000';
}
