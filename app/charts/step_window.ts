/** The steps that an axis shows, from its left end to its right. */
export interface StepWindow {
  readonly from: number;
  readonly to: number;
}

/** Fewer steps than these are not looked at more closely. */
const FEWEST = 4;
const FACTOR = 2;

/** Within 0…total, at least a few steps wide, whole numbers; the whole axis where that is asked for. */
export function windowOf(total: number, zoom: StepWindow | undefined): StepWindow {
  if (zoom === undefined) return { from: 0, to: total };
  const width = Math.min(total, Math.max(Math.min(FEWEST, total), Math.round(zoom.to - zoom.from)));
  const from = Math.max(0, Math.min(total - width, Math.round(zoom.from)));
  return { from, to: from + width };
}

/** 0 at the left end, 1 at the right; outside of the window beyond that. */
export function place({ from, to }: StepWindow, step: number): number {
  return (step - from) / Math.max(to - from, 1e-9);
}

export function stepAt({ from, to }: StepWindow, share: number): number {
  return from + share * (to - from);
}

export function contains({ from, to }: StepWindow, step: number): boolean {
  return step >= from && step <= to;
}

/** Half as many steps, around one of them; undefined where nothing changes. */
export function zoomedIn(total: number, now: StepWindow, around: number): StepWindow | undefined {
  return scaled(total, now, around, 1 / FACTOR);
}

/** Twice as many; undefined for all of them. */
export function zoomedOut(total: number, now: StepWindow, around: number): StepWindow | undefined {
  return scaled(total, now, around, FACTOR);
}

/** Half a window to the left (-1) or right (1). */
export function moved(total: number, now: StepWindow, direction: -1 | 1): StepWindow | undefined {
  const by = (direction * (now.to - now.from)) / 2;
  return unlessAll(total, windowOf(total, { from: now.from + by, to: now.to + by }));
}

/** Between two steps in either order; undefined where they are too close to have been meant. */
export function between(total: number, one: number, other: number): StepWindow | undefined {
  if (Math.abs(one - other) < 2) return undefined;
  return windowOf(total, { from: Math.floor(Math.min(one, other)), to: Math.ceil(Math.max(one, other)) });
}

function scaled(total: number, now: StepWindow, around: number, factor: number): StepWindow | undefined {
  const share = Math.max(0, Math.min(1, place(now, around)));
  const width = factor * (now.to - now.from);
  const from = stepAt(now, share) - share * width;
  return unlessAll(total, width >= total ? { from: 0, to: total } : windowOf(total, { from, to: from + width }));
}

function unlessAll(total: number, { from, to }: StepWindow): StepWindow | undefined {
  return from <= 0 && to >= total ? undefined : { from, to };
}
