import type { EvaluatedModel } from '../../../src/engine/evaluation';
import { EXPERTS, type AnswerModel, type ExpertId } from '../../../src/engine/protocol';
import { fixed } from '../../format';
import { strings } from '../../strings';
import { expertOf, sorted } from '../rows';

/** More outlines than this hide each other. */
export const MOST = 3;

export interface RadarLine {
  readonly model: AnswerModel;
  readonly name: string;
  readonly colour: string;
  readonly dash: string | undefined;
  readonly width: number;
}

/** One direction of the radar; values in points of 100, by the lines' order. */
export interface RadarAxis {
  readonly measure: ExpertId;
  readonly name: string;
  readonly values: readonly number[];
}

/** Px of the drawing: the triangle's middle and how far its corners are from it. */
export interface RadarFrame {
  readonly width: number;
  readonly height: number;
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/** Around the triangle, for dots and lines at its corners. */
const EDGE = 12;
/** Degrees of the axes, in the experts' order: one up, one to the left, one to the right, as in every triangle. */
const ANGLES: readonly number[] = [90, 210, 330];

/** A triangle of equal sides that fills the width. */
export function radarFrame(width: number): RadarFrame {
  const radius = Math.max(0, width - 2 * EDGE) / Math.sqrt(3);
  return { width, height: 1.5 * radius + 2 * EDGE, x: width / 2, y: EDGE + radius, radius };
}

/** Where so many points of 100 stand on an axis. */
export function radarPoint({ x, y, radius }: RadarFrame, axis: number, points: number): { readonly x: number; readonly y: number } {
  const angle = ((ANGLES[axis] ?? 0) * Math.PI) / 180;
  return { x: x + (radius * points * Math.cos(angle)) / 100, y: y - (radius * points * Math.sin(angle)) / 100 };
}

/** Who is drawn before anything is chosen: Fused, the best of the others by its mean, and the base. */
export function firstPicks(results: readonly EvaluatedModel[]): readonly AnswerModel[] {
  const known = (model: AnswerModel): boolean => results.some((result) => result.model === model);
  const best = sorted(results.filter(({ model }) => model !== 'fused' && model !== 'base'))[0]?.model;
  return [...(known('fused') ? ['fused' as const] : []), ...(best === undefined ? [] : [best]), ...(known('base') ? ['base' as const] : [])];
}

/** Adds or takes away a model; beyond the most, nothing is added. */
export function picked(picks: readonly AnswerModel[], model: AnswerModel): readonly AnswerModel[] {
  if (picks.includes(model)) return picks.filter((other) => other !== model);
  return picks.length >= MOST ? picks : [...picks, model];
}

/** The picked results in the order of the table, each with a line of its own: colour for an aligned model, dashes for the rest. */
export function radarLines(results: readonly EvaluatedModel[], picks: readonly AnswerModel[]): readonly RadarLine[] {
  const dashes = ['7 3', '2 3', '10 3 2 3'];
  let plain = 0;
  return sorted(results.filter(({ model }) => picks.includes(model))).map(({ model }) => {
    const expert = expertOf(model);
    const name = strings.models[model];
    if (model === 'fused') return { model, name, colour: 'var(--ink)', dash: undefined, width: 2.5 };
    if (expert !== undefined) return { model, name, colour: `var(--${expert})`, dash: expert === 'helpful' ? undefined : expert === 'harmless' ? '6 2' : '2 2', width: 2 };
    return { model, name, colour: 'var(--ink-3)', dash: dashes[plain++], width: 1.5 };
  });
}

export function radarAxes(results: readonly EvaluatedModel[], lines: readonly RadarLine[]): readonly RadarAxis[] {
  return EXPERTS.map((measure) => ({
    measure, name: strings.evaluate.measures[measure],
    values: lines.map(({ model }) => 100 * (results.find((result) => result.model === model)?.[measure].value ?? NaN)),
  }));
}

/** All numbers of the picture, for the ear. */
export function radarSpoken(lines: readonly RadarLine[], axes: readonly RadarAxis[]): string {
  const { radar } = strings;
  return radar.spoken(lines.map(({ name }, i) => radar.model(name, axes.map((axis) => radar.scored(axis.name, fixed(axis.values[i] ?? NaN, 0))).join(', '))).join('; '));
}
