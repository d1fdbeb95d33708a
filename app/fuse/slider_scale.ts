import type { RecipeNumber } from '../../src/engine/recipe';

/** How a slider's way of 0 to 1 becomes a number: evenly, or by powers with 0 at the far left. */
export type SliderScale =
  | { readonly kind: 'linear'; readonly min: number; readonly max: number; readonly step: number }
  | { readonly kind: 'log'; readonly min: number; readonly max: number; readonly zero: boolean };

/** The useful part of each range; the number beside the slider takes all of it. */
export const SLIDERS: Readonly<Partial<Record<RecipeNumber, SliderScale>>> = {
  steps: { kind: 'linear', min: 20, max: 1000, step: 20 },
  batch: { kind: 'linear', min: 3, max: 48, step: 3 },
  warmupSteps: { kind: 'linear', min: 0, max: 100, step: 5 },
  learningRate: { kind: 'log', min: 1e-5, max: 1e-2, zero: false },
  gateWeight: { kind: 'log', min: 1e-3, max: 10, zero: true },
  drift: { kind: 'log', min: 1e-5, max: 1, zero: true },
};

/** Share of a log slider's way that stands for 0. */
const ZERO_ZONE = 0.06;

export function toPosition(scale: SliderScale, value: number): number {
  if (scale.kind === 'linear') return clamp((value - scale.min) / (scale.max - scale.min));
  if (value <= 0) return 0;
  const way = clamp(Math.log(value / scale.min) / Math.log(scale.max / scale.min));
  return scale.zero ? ZERO_ZONE + way * (1 - ZERO_ZONE) : way;
}

/** Rounded to what a person would write. */
export function toValue(scale: SliderScale, position: number): number {
  if (scale.kind === 'linear') {
    const steps = Math.round((position * (scale.max - scale.min)) / scale.step);
    return Math.min(scale.max, scale.min + steps * scale.step);
  }
  if (scale.zero && position < ZERO_ZONE / 2) return 0;
  const way = scale.zero ? clamp((position - ZERO_ZONE) / (1 - ZERO_ZONE)) : position;
  return nearestNice(scale.min * (scale.max / scale.min) ** way);
}

/** 1, 1.5, 2, 3, 5, 7 times a power of ten. */
function nearestNice(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const lead = [1, 1.5, 2, 3, 5, 7, 10].reduce((best, next) =>
    Math.abs(Math.log((next * power) / value)) < Math.abs(Math.log((best * power) / value)) ? next : best);
  return Number((lead * power).toPrecision(6));
}

function clamp(way: number): number {
  return Math.max(0, Math.min(1, way));
}
