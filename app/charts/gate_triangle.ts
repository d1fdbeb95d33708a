/** A point of the gate triangle, in px of its drawing: first expert at the top, second at the left, third at the right. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** Px of the drawing; the triangle has equal sides. */
export const WIDTH = 328;
export const HEIGHT = 284;
export const CORNERS: readonly Place[] = [{ x: WIDTH / 2, y: 0 }, { x: 0, y: HEIGHT }, { x: WIDTH, y: HEIGHT }];

/** Where three parts of one whole stand: the mean of the corners, weighted by them. */
export function place(parts: ArrayLike<number>): Place {
  const sum = (parts[0] ?? 0) + (parts[1] ?? 0) + (parts[2] ?? 0);
  const at = (axis: 'x' | 'y'): number => CORNERS.reduce((total, corner, i) => total + ((parts[i] ?? 0) / sum) * corner[axis], 0);
  return { x: at('x'), y: at('y') };
}

/** Short strokes outward at the quarters of every side. */
export function quarterTicks(length: number): readonly (readonly [Place, Place])[] {
  return CORNERS.flatMap((from, i) => {
    const to = CORNERS[(i + 1) % 3] ?? from;
    const opposite = CORNERS[(i + 2) % 3] ?? from;
    const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
    const away = { x: middle.x - opposite.x, y: middle.y - opposite.y };
    const scale = length / Math.hypot(away.x, away.y);
    return [0.25, 0.5, 0.75].map((share) => {
      const start = { x: from.x + share * (to.x - from.x), y: from.y + share * (to.y - from.y) };
      return [start, { x: start.x + scale * away.x, y: start.y + scale * away.y }] as const;
    });
  });
}
