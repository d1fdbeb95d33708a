import { decimate } from '../charts/decimate';
import { extremes, logScale, niceScale, placeOn, type Scale } from '../charts/scale';
import { smooth } from '../charts/smooth';
import type { StepWindow } from '../charts/step_window';
import type { LineEnd, LineStyle, Reading, StripFigure, StripRow } from '../charts/strip_row';
import { integer, significant } from '../format';
import type { ChartView } from '../store/chart_view';
import type { RunRecord } from '../store/run_record';
import { EXPERTS } from '../../src/engine/protocol';
import { strings } from '../strings';
import { byExpert, columnsOf, MEASURES, type StripId } from './measures';
import { titleOf } from './strip_title';

/** A run on the strips, as far as it has come. The first one is in front. */
export interface ShownRun {
  readonly name: string;
  readonly record: RunRecord;
}

/** What a strip draws of a measure; its pluses are of held-out rows. */
export interface Curve extends StripFigure {
  /** By run, then one or one an expert: smoothed values by row. */
  readonly columns: readonly (readonly Float32Array[])[];
  readonly write: (value: number) => string;
}

/** A plot is some 700 px wide; 800 rows would be the most that keeps an update short. */
const MOST_ROWS = 500;
const PERCENT: Scale = { min: 0, max: 100, ticks: [0, 50, 100] };
const DASHES = ['6 3', '2 3', '8 3 2 3', '1 4'];
const EXPERT_DASHES = [undefined, '6 2', '2 2'];

/** @param runs the one in front first; none before anything is known */
export function curveOf(runs: readonly ShownRun[], id: StripId, { smoothing, log }: ChartView, window: StepWindow): Curve {
  const measure = MEASURES[id];
  const raws = runs.map(({ record }) => columnsOf(record, measure));
  const columns = runs.map(({ record: { count } }, r) => (raws[r] ?? []).map((raw) => (measure.jumps ? smooth(raw, count, smoothing) : raw.subarray(0, count))));
  const single = !byExpert(measure);
  const raw = single && measure.jumps && smoothing > 0 ? raws[0]?.[0] : undefined;
  const pluses = id === 'lm' ? (runs[0]?.record.validation ?? []).filter(({ loss }) => Number.isFinite(loss)).map(({ step, loss: value }) => ({ step, value })) : [];
  const parts = runs.map(({ record: { count } }) => partOf(window, count));
  const drawn = columns.flatMap((all, r) => all.map((column) => column.subarray(...(parts[r] ?? [0, 0]))));
  const front = raw?.subarray(...(parts[0] ?? [0, 0]));
  const scale = measure.percent ? PERCENT : scaleOf([...drawn, ...(front === undefined ? [] : [front]), pluses.map(({ value }) => value)], log);
  const at = (value: number | undefined): number | null => drawable(placeOn(scale, value ?? Number.NaN));
  const rows = rowsOf(columns, parts, raw).map((i): StripRow => ({
    step: i + 1, raw: raw === undefined || i >= (runs[0]?.record.count ?? 0) ? null : at(raw[i]), values: columns.flatMap((all) => all.map((column) => at(column[i]))),
  }));
  return {
    title: titleOf(id, raws[0] ?? [], columns[0] ?? [], runs[0]?.record.count ?? 0), rows, scale, columns, pluses, write: measure.write,
    lines: runs.flatMap(({ name }, r) => linesOf(name, r, single)), ends: endsOf(runs, columns, window, single),
  };
}

/** Rows of a run within the window, and one beside it at either end. */
function partOf({ from, to }: StepWindow, count: number): [start: number, end: number] {
  const start = Math.max(0, Math.min(count, Math.floor(from) - 2));
  return [start, Math.max(start, Math.min(count, Math.ceil(to) + 1))];
}

/** Rows worth drawing, ascending: where any of the lines needs one, all have one. */
function rowsOf(columns: readonly (readonly Float32Array[])[], parts: readonly (readonly [number, number])[], raw: Float32Array | undefined): readonly number[] {
  const kept = new Set<number>();
  columns.forEach((all, r) => {
    const [start, end] = parts[r] ?? [0, 0];
    const series = [...all, ...(r === 0 && raw !== undefined ? [raw] : [])].map((column) => column.subarray(start, end));
    for (const i of decimate(series, end - start, MOST_ROWS)) kept.add(start + i);
  });
  return [...kept].sort((a, b) => a - b);
}

function scaleOf(series: readonly ArrayLike<number>[], log: boolean): Scale {
  const count = Math.max(0, ...series.map(({ length }) => length));
  if (!log) return niceScale(...extremes(series, count));
  return logScale(...extremes(series.map((values) => Array.from(values, (value) => (value > 0 ? value : Number.NaN))), count));
}

function linesOf(name: string, run: number, single: boolean): readonly LineStyle[] {
  if (single) return [run === 0 ? { name, colour: '--ink', width: 2 } : { name, colour: '--ink-3', width: 1.25, dash: DASHES[(run - 1) % DASHES.length] ?? '' }];
  return EXPERTS.map((expert, e) => {
    const dash = EXPERT_DASHES[e];
    return { name: `${name}, ${expert}`, colour: `--${expert}`, width: run === 0 ? 2 : 1, ...(dash === undefined ? {} : { dash }) };
  });
}

/** Lines are named where they end, or where the window does; a single one of a single run is not. */
function endsOf(runs: readonly ShownRun[], columns: readonly (readonly Float32Array[])[], { from, to }: StepWindow, single: boolean): readonly LineEnd[] {
  return runs.flatMap(({ name, record: { count } }, r): readonly LineEnd[] => {
    const step = Math.min(count, Math.floor(to));
    if (step < Math.max(1, from)) return [];
    const values = (columns[r] ?? []).map((column) => column[step - 1] ?? Number.NaN);
    if (r === 0 && !single) {
      return EXPERTS.map((expert, e) => ({ key: expert, name: strings.models[expert], tile: strings.tiles[expert], expert, step, value: values[e] ?? 0 }));
    }
    if (runs.length === 1) return [];
    // Of another run's experts the uppermost line has its name.
    return [{ key: `${String(r)} ${name}`, name, tile: name, quiet: r > 0, step, value: Math.max(...values) }];
  });
}

/** What the lines say at one step; of other runs where a run has one line. */
export function readingsAt({ columns, write }: Curve, step: number): readonly Reading[] {
  return columns.flatMap((all, r) => all.flatMap((column, e): readonly Reading[] => {
    const value = column[step - 1] ?? Number.NaN;
    if (!Number.isFinite(value) || (r > 0 && all.length > 1)) return [];
    const expert = all.length > 1 ? EXPERTS[e] : undefined;
    return [{ value, text: write(value), ...(expert === undefined ? {} : { expert }), ...(r > 0 ? { quiet: true } : {}) }];
  }));
}

/** Sentence and newest values, for the ear; those of other runs with their names. */
export function summaryOf({ title, columns, write }: Curve, runs: readonly ShownRun[]): string {
  const count = columns[0]?.[0]?.length ?? 0;
  if (count === 0) return strings.train.empty;
  const newest = columns.map((all) => all.map((column) => write(column.at(-1) ?? Number.NaN)).join(', '));
  const others = newest.slice(1).map((values, i) => `${runs[i + 1]?.name ?? ''} ${values}`);
  return strings.train.summary(title, integer(count), [newest[0] ?? '', ...others].join('; '));
}

/** The losses of one step in words, for the ear. */
export function spokenAt(record: RunRecord | undefined, step: number): string {
  const { strips, scrubber } = strings.train;
  const losses = (['lm', 'gate', 'loss'] as const).flatMap((id) => {
    const value = record?.series(id)[step - 1] ?? Number.NaN;
    return Number.isFinite(value) ? [`${strips[id].plain} ${significant(value)}`] : [];
  });
  return [scrubber.at(integer(step)), ...losses].join(', ');
}

/** A gap in the line where there is no number. */
function drawable(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
