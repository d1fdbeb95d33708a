/** A vertical axis: from zero or just below the data to a round number above it, with two to four ticks. */
export interface Scale {
  readonly min: number;
  readonly max: number;
  readonly ticks: readonly number[];
  /** Equal distances are equal ratios; only what is above 0 has a place. */
  readonly log?: true;
}

const ROUND = [1, 2, 2.5, 5, 10];

/** @param low, high the data's extremes; without any finite value, and for zeros alone, the axis is 0 to 1. */
export function niceScale(low: number, high: number, intervals = 3): Scale {
  // Nothing has happened yet: zeros alone say no size either.
  if (!Number.isFinite(low) || !Number.isFinite(high) || (low === 0 && high === 0)) return axis(0, 1, 0.5);
  // A curve far above zero would be flattened by it.
  const base = low > 0 && low < 0.6 * high ? 0 : Math.min(low, high);
  const span = Math.max(high - base, Math.abs(high) * 0.02, 1e-12);
  const raw = span / intervals;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = (ROUND.find((round) => round * power >= raw * 0.999) ?? 10) * power;
  return axis(Math.floor(base / step + 1e-9) * step, Math.ceil(high / step - 1e-9) * step, step);
}

function axis(low: number, high: number, step: number): Scale {
  const count = Math.max(1, Math.round((high - low) / step));
  // Multiples of the step carry rounding noise: 2.9000000000000004.
  const ticks = Array.from({ length: count + 1 }, (_, i) => Number((low + i * step).toPrecision(10)));
  return { min: ticks[0] ?? 0, max: ticks[count] ?? 1, ticks };
}

/** A logarithmic axis with round ends around positive values; of none it is 1 to 10. */
export function logScale(low: number, high: number): Scale {
  if (!(low > 0) || !(high > 0)) return { min: 1, max: 10, ticks: [1, 10], log: true };
  const [min, max] = [roundedDown(low), roundedUp(high)];
  const top = max > min ? max : roundedUp(max * 1.01);
  const ticks: number[] = [];
  // At most four: every, every second, … of the round numbers between.
  const all = roundNumbers(min, top);
  const every = Math.ceil(all.length / 4);
  all.forEach((value, i) => { if (i % every === 0) ticks.push(value); });
  return { min, max: top, ticks, log: true };
}

const DECADE = [1, 2, 5, 10];

function roundedDown(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value) + 1e-12);
  return tidy(power * (DECADE.findLast((round) => round * power <= value * (1 + 1e-9)) ?? 1));
}

function roundedUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value) + 1e-12);
  return tidy(power * (DECADE.find((round) => round * power >= value * (1 - 1e-9)) ?? 10));
}

/** Powers of ten where there are several, else 1, 2, 5 too. */
function roundNumbers(min: number, max: number): readonly number[] {
  const found: number[] = [];
  const decades = Math.log10(max / min) >= 2;
  for (let power = 10 ** Math.floor(Math.log10(min) + 1e-12); power <= max * (1 + 1e-9); power *= 10) {
    for (const round of decades ? [1] : [1, 2, 5]) {
      const value = tidy(round * power);
      if (value >= min * (1 - 1e-9) && value <= max * (1 + 1e-9)) found.push(value);
    }
  }
  return found;
}

/** Multiples carry rounding noise: 2.9000000000000004. */
function tidy(value: number): number {
  return Number(value.toPrecision(10));
}

/** Round steps along the shared axis. */
export function stepTicksWithin(from: number, to: number): readonly number[] {
  const step = stepTicks(to - from)[1] ?? Math.max(1, to - from);
  const ticks: number[] = [];
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) ticks.push(at);
  return ticks;
}

/** Share of the axis beyond which a tick would touch that of its end. */
const END = 0.86;

/** Round steps within the axis, and its last one in place of what stands too near to it. */
export function endedTicksWithin(from: number, to: number): readonly number[] {
  return [...stepTicksWithin(from, to).filter((step) => step - from < END * (to - from)), to];
}

/** Round steps along the shared axis. */
export function stepTicks(total: number): readonly number[] {
  const raw = total / 4;
  const power = 10 ** Math.floor(Math.log10(Math.max(raw, 1)));
  const step = Math.max(1, Math.round((ROUND.find((round) => round * power >= raw * 0.999) ?? 10) * power));
  const ticks: number[] = [];
  for (let at = 0; at <= total; at += step) ticks.push(at);
  return ticks;
}

/** 0 at the bottom, 1 at the top; held within the axis. */
export function fraction(scale: Scale, value: number): number {
  const at = placeOn(scale, value);
  return Math.max(0, Math.min(1, Number.isNaN(at) ? 0 : at));
}

/** 0 at the bottom, 1 at the top, beyond that outside; NaN for what has no place. */
export function placeOn({ min, max, log }: Scale, value: number): number {
  if (log !== true) return (value - min) / (max - min);
  return value > 0 ? Math.log(value / min) / Math.log(max / min) : Number.NaN;
}

/** Extremes of the finite values of several series; NaN without any. */
export function extremes(series: readonly ArrayLike<number>[], count: number): readonly [low: number, high: number] {
  let low = Number.NaN;
  let high = Number.NaN;
  for (const values of series) {
    for (let i = 0; i < count; i++) {
      const value = values[i] ?? Number.NaN;
      if (!Number.isFinite(value)) continue;
      if (!(value >= low)) low = value;
      if (!(value <= high)) high = value;
    }
  }
  return [low, high];
}

/** Moves labels so that neighbours stand at least `gap` apart, in their own order, within 0…height. */
export function pushApart(positions: readonly number[], gap: number, height: number): readonly number[] {
  const order = positions.map((at, i) => ({ at, i })).sort((a, b) => a.at - b.at);
  let floor = -Infinity;
  for (const label of order) floor = label.at = Math.max(label.at, floor + gap);
  let ceiling = Math.max(height, (order.length - 1) * gap);
  for (const label of order.reverse()) {
    label.at = Math.min(label.at, ceiling);
    ceiling = label.at - gap;
  }
  const moved = new Array<number>(positions.length).fill(0);
  for (const { at, i } of order) moved[i] = at;
  return moved;
}
