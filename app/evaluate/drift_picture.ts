import type { Drift } from '../../src/engine/evaluation';
import { EXPERTS, type ExpertId } from '../../src/engine/protocol';
import { niceScale, placeOn, pushApart } from '../charts/scale';

/** Px of the drawing: layers upward, per cent to the right. */
export interface DriftPicture {
  readonly width: number;
  readonly height: number;
  /** Of the axes. */
  readonly plot: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
  /** Heights of the layers, the first one lowest. */
  readonly layers: readonly number[];
  readonly ticks: readonly { readonly value: number; readonly x: number }[];
  readonly lines: readonly { readonly expert: ExpertId; readonly points: readonly { readonly x: number; readonly y: number }[] }[];
  /** Middles of the experts' names over their lines. */
  readonly names: readonly number[];
}

const ROW = 34;
const LEFT = 20;
const RIGHT = 32;
const TOP = 24;
const BOTTOM = 20;
/** Between the middles of two names. */
const APART = 64;

/** @param percents per layer, the first one first, of each expert */
export function driftPicture(percents: readonly (readonly number[])[], width: number): DriftPicture {
  const plot = { left: LEFT, right: Math.max(LEFT + 1, width - RIGHT), top: TOP, bottom: TOP + ROW * percents.length };
  const scale = niceScale(0, Math.max(0, ...percents.flat()));
  const across = (value: number): number => plot.left + placeOn(scale, value) * (plot.right - plot.left);
  const layers = percents.map((_, layer) => plot.bottom - ROW * (layer + 0.5));
  const lines = EXPERTS.map((expert, e) => ({ expert, points: percents.map((row, layer) => ({ x: across(row[e] ?? 0), y: layers[layer] ?? NaN })) }));
  const begins = lines.map(({ points }) => Math.max(0, (points.at(-1)?.x ?? plot.left) - APART / 2));
  const names = pushApart(begins, APART, width - APART).map((x) => x + APART / 2);
  return { width, height: plot.bottom + BOTTOM, plot, layers, ticks: scale.ticks.map((value) => ({ value, x: across(value) })), lines, names };
}

/** Per cent of what alignment had changed, by layer and expert. */
export function driftPercents(byLayer: readonly (readonly Drift[])[]): readonly (readonly number[])[] {
  return byLayer.map((layer) => layer.map(({ relative }) => 100 * (relative ?? 0)));
}

/** Where the experts have moved most: the first or the last layer, where one is ahead by a tenth. */
export function driftTrend(percents: readonly (readonly number[])[]): 'early' | 'late' | 'plain' {
  const sums = percents.map((row) => row.reduce((sum, value) => sum + value, 0));
  const [first, last] = [sums[0] ?? 0, sums.at(-1) ?? 0];
  return last > 1.1 * first ? 'late' : first > 1.1 * last ? 'early' : 'plain';
}
