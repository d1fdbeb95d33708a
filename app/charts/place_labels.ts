/** A name beside a point, in px. */
export interface Labelled {
  readonly x: number;
  readonly y: number;
  /** Of the name as it is written. */
  readonly width: number;
}

/** Where the name stands: its left edge and the middle of its line. */
export interface LabelPlace {
  readonly x: number;
  readonly y: number;
  /** The name had to go so far that a line leads to it. */
  readonly led: boolean;
}

/** A line that is drawn from one point to another. */
export interface Segment {
  readonly from: { readonly x: number; readonly y: number };
  readonly to: { readonly x: number; readonly y: number };
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const LINE = 14;
const GAP = 8;
const DOT = 5;
/** What a px of line under a name costs, against px² of another name or a point. */
const CROSSED = 4;
/** Rings of places around a point, near ones first. */
const RINGS = [0, 16, 30, 46, 64];

/**
 * Places names so that none covers another one, nor a point, nor a line, and all stay inside; the first in the list choose
 * first. One that finds no free place takes the one that covers least.
 */
export function placeLabels(
  labels: readonly Labelled[], points: readonly { readonly x: number; readonly y: number }[], width: number, height: number, lines: readonly Segment[] = [],
): readonly LabelPlace[] {
  const taken: Box[] = points.map(({ x, y }) => ({ left: x - DOT, right: x + DOT, top: y - DOT, bottom: y + DOT }));
  return labels.map((label) => {
    let best: { readonly place: LabelPlace; readonly box: Box; readonly cost: number } | undefined;
    for (const place of candidates(label)) {
      const box = { left: place.x, right: place.x + label.width, top: place.y - LINE / 2, bottom: place.y + LINE / 2 };
      const crossed = lines.reduce((sum, line) => sum + CROSSED * lengthInside(line, box), 0);
      const cost = taken.reduce((sum, other) => sum + overlap(box, other), 0) + crossed + 10 * outside(box, width, height);
      if (best === undefined || cost < best.cost) best = { place, box, cost };
      if (cost === 0) break;
    }
    if (best === undefined) return { x: label.x, y: label.y, led: false };
    taken.push(best.box);
    return best.place;
  });
}

function* candidates({ x, y, width }: Labelled): Generator<LabelPlace> {
  for (const ring of RINGS) {
    const led = ring > 16;
    const [right, left, middle] = [x + GAP + ring / 2, x - GAP - ring / 2 - width, x - width / 2];
    yield { x: right, y, led };
    yield { x: left, y, led };
    for (const way of [-1, 1]) {
      yield { x: middle, y: y + way * (GAP + LINE / 2 + ring), led };
      yield { x: right - 4, y: y + way * (GAP + ring), led };
      yield { x: left + 4, y: y + way * (GAP + ring), led };
    }
  }
}

function overlap(a: Box, b: Box): number {
  return Math.max(0, Math.min(a.right, b.right) - Math.max(a.left, b.left)) * Math.max(0, Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top));
}

/** Px of a line that lie in a box: the line is cut at each of its four sides. */
function lengthInside({ from, to }: Segment, { left, right, top, bottom }: Box): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  let [begin, end] = [0, 1];
  for (const [along, room] of [[-dx, from.x - left], [dx, right - from.x], [-dy, from.y - top], [dy, bottom - from.y]] as const) {
    if (along === 0 && room < 0) return 0;
    if (along < 0) begin = Math.max(begin, room / along);
    if (along > 0) end = Math.min(end, room / along);
  }
  return Math.max(0, end - begin) * Math.hypot(dx, dy);
}

function outside({ left, right, top, bottom }: Box, width: number, height: number): number {
  return Math.max(0, -left) + Math.max(0, right - width) + Math.max(0, -top) + Math.max(0, bottom - height);
}
