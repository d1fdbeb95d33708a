import { decimate } from '../charts/decimate';
import { extremes, niceScale, type Scale } from '../charts/scale';
import { smooth, trend } from '../charts/smooth';
import type { StripRow } from '../charts/strip_row';
import { fixed, integer, significant } from '../format';
import type { RunRecord, SeriesName } from '../store/run_record';
import { EXPERTS } from '../../src/engine/protocol';
import { strings } from '../strings';

export type StripId = 'lm' | 'gate' | 'drift' | 'loss';
export const STRIPS: readonly StripId[] = ['lm', 'gate', 'drift', 'loss'];

/** What one strip draws: its rows, its axis, and the sentence over it. */
export interface Curve {
  readonly title: string;
  readonly rows: readonly StripRow[];
  readonly scale: Scale;
  /** Smoothed values, or one column an expert, by row of the record. */
  readonly columns: readonly Float32Array[];
  readonly write: (value: number) => string;
}

/** A plot is some 700 px wide; 800 rows would be the most that keeps an update short. */
const MOST_ROWS = 500;
/** Share of the past in the smoothed line. */
export const SMOOTHING = 0.8;

export function curveOf(record: RunRecord | undefined, id: StripId, count: number): Curve {
  if (id === 'drift') return driftCurve(record, count);
  return lossCurve(record, id, count);
}

function lossCurve(record: RunRecord | undefined, id: Exclude<StripId, 'drift'>, count: number): Curve {
  const raw = record?.series(id satisfies SeriesName) ?? new Float32Array(0);
  const line = smooth(raw, count, SMOOTHING);
  const kept = decimate([raw, line], count, MOST_ROWS);
  const texts = strings.train.strips[id];
  const direction = trend(raw, count);
  return {
    title: direction === undefined ? texts.plain : texts[direction],
    rows: Array.from(kept, (i) => ({ step: i + 1, raw: drawable(raw[i]), values: [drawable(line[i])] })),
    scale: niceScale(...extremes([raw], count)),
    columns: [line],
    write: (value) => fixed(value, 2),
  };
}

function driftCurve(record: RunRecord | undefined, count: number): Curve {
  const columns = record?.drift() ?? [];
  const kept = decimate(columns, count, MOST_ROWS);
  return {
    title: driftTitle(columns.map((column) => column[count - 1] ?? Number.NaN)),
    rows: Array.from(kept, (i) => ({ step: i + 1, raw: null, values: columns.map((column) => drawable(column[i])) })),
    scale: niceScale(...extremes(columns, count)),
    columns,
    write: significant,
  };
}

/** Names the expert that is ahead by at least a tenth. */
function driftTitle(last: readonly number[]): string {
  const { drift } = strings.train.strips;
  const order = last.map((value, e) => ({ value, e })).sort((a, b) => b.value - a.value);
  const [first, second] = order;
  const name = first === undefined ? undefined : EXPERTS[first.e];
  if (name === undefined || first === undefined || second === undefined || !(first.value > 1.1 * second.value)) return drift.plain;
  return drift.furthest(strings.models[name]);
}

/** Sentence and newest values, for the ear. */
export function summaryOf({ title, columns, write }: Curve, count: number): string {
  if (count === 0) return strings.train.empty;
  const newest = columns.map((column) => column[count - 1] ?? Number.NaN);
  return strings.train.summary(title, integer(count), newest.map(write).join(', '));
}

/** The losses of one step in words, for the ear. */
export function spokenAt(record: RunRecord | undefined, step: number): string {
  const { strips, scrubber } = strings.train;
  const losses = (['lm', 'gate', 'loss'] as const).flatMap((id) => {
    const value = record?.series(id)[step - 1] ?? Number.NaN;
    return Number.isFinite(value) ? [`${strips[id].plain} ${fixed(value, 2)}`] : [];
  });
  return [scrubber.at(integer(step)), ...losses].join(', ');
}

/** A gap in the line where there is no number. */
function drawable(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}
