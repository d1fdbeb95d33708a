/** Two scores of one thing; more is better in both. */
export interface Pair {
  readonly x: number;
  readonly y: number;
}

/**
 * Which of the points no other one beats: at least as good in both and better in one. In the order of x, so that a line
 * through them falls.
 */
export function frontier<Point extends Pair>(points: readonly Point[]): readonly Point[] {
  const beaten = ({ x, y }: Point): boolean => points.some((other) => other.x >= x && other.y >= y && (other.x > x || other.y > y));
  return points.filter((point) => !beaten(point)).sort((a, b) => a.x - b.x || b.y - a.y);
}
