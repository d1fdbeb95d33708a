import type { EvaluatedModel, ExaminedModel } from '../../src/engine/evaluation';
import { EXPERTS, type ExpertId } from '../../src/engine/protocol';

/** Points of 100 that each measure loses (below 0) or wins when an expert is muted: experts by measures, both in the experts' order. */
export function pointsLost(whole: EvaluatedModel, ablation: ExaminedModel['ablation']): readonly (readonly number[])[] {
  return EXPERTS.map((_, e) => EXPERTS.map((measure: ExpertId) => 100 * ((ablation[e]?.[measure].value ?? NaN) - whole[measure].value)));
}

/** A bar of less is shorter than its axis is wide. */
const LEAST = 5;

/** Where a bar stands, as shares of its track. */
export interface AblationBar {
  readonly left: number;
  readonly width: number;
}

/** Losses go to the right of the axis, gains to the left: the axis makes room for the largest of them. Few points have no bar. */
export function ablationBars(points: readonly (readonly number[])[]): { readonly axis: number; readonly bars: readonly (readonly AblationBar[])[] } {
  const gain = Math.max(0, ...points.flat().filter((value) => value >= LEAST));
  const each = 1 / (100 + gain);
  const axis = gain * each;
  const bars = points.map((row) => row.map((value) => {
    const width = Math.abs(value) >= LEAST ? Math.abs(value) * each : 0;
    return { left: value > 0 ? axis - width : axis, width };
  }));
  return { axis, bars };
}

/** Share of each kind's prompts that went to each expert, in per cent: kinds by experts. */
export function percentSent({ confusion }: ExaminedModel['router']): readonly (readonly number[])[] {
  return confusion.map((counts) => {
    const all = counts.reduce((sum, count) => sum + count, 0);
    return counts.map((count) => (all === 0 ? 0 : (100 * count) / all));
  });
}

/** One prompt in how many went to another expert than its own; undefined where none did. */
export function oneWrongIn({ rows, accuracy }: Pick<ExaminedModel['router'], 'rows' | 'accuracy'>): number | undefined {
  const wrong = Math.round(rows * (1 - accuracy));
  return wrong === 0 ? undefined : rows / wrong;
}

/** Prompts of each kind. */
export function rowsOfKinds({ confusion }: Pick<ExaminedModel['router'], 'confusion'>): readonly number[] {
  return confusion.map((counts) => counts.reduce((sum, count) => sum + count, 0));
}
