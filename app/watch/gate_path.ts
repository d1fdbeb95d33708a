import { decimate } from '../charts/decimate';
import { extremes, fraction, niceScale } from '../charts/scale';
import { smooth } from '../charts/smooth';
import type { RunRecord } from '../store/run_record';

const MOST_POINTS = 300;
const SMOOTHING = 0.9;
/** Px of the drawing; it is stretched to its place. */
export const HEIGHT = 34;
export const WIDTH = 1000;

/** The smoothed gate loss as an SVG path over all steps of the run, from 0 upward; '' before the first step. */
export function gatePath(record: RunRecord, count: number): string {
  const line = smooth(record.series('gate'), count, SMOOTHING);
  const scale = niceScale(0, Math.max(0, extremes([line], count)[1]));
  const points = Array.from(decimate([line], count, MOST_POINTS)).filter((i) => Number.isFinite(line[i]));
  const at = (i: number): string => `${String((WIDTH * (i + 1)) / record.capacity)} ${String(HEIGHT * (1 - fraction(scale, line[i] ?? 0)))}`;
  return points.length === 0 ? '' : `M${points.map(at).join('L')}`;
}
