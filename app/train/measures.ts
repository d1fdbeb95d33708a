import { fixed, integer, significant } from '../format';
import type { RunRecord, SeriesName } from '../store/run_record';

export type StripId = 'lm' | 'gate' | 'drift' | 'load' | 'accuracy' | 'entropy' | 'gradientNorm' | 'loss' | 'learningRate' | 'tokensPerSecond';

/** Always there, and those that are seldom looked at. */
export const STRIPS: readonly StripId[] = ['lm', 'gate', 'drift', 'load', 'accuracy', 'gradientNorm'];
export const MORE_STRIPS: readonly StripId[] = ['loss', 'entropy', 'learningRate', 'tokensPerSecond'];

export interface Measure {
  /** One line, or one an expert. */
  readonly of: SeriesName | 'drift' | 'share';
  /** Px of the plot. */
  readonly height: number;
  readonly write: (value: number) => string;
  /** Single batches make it jump: its line is smoothed. */
  readonly jumps: boolean;
  /** Shares of 100, on an axis from 0 to 100. */
  readonly percent: boolean;
}

const LINE = { height: 84, jumps: true, percent: false };

export const MEASURES: Readonly<Record<StripId, Measure>> = {
  lm: { ...LINE, of: 'lm', height: 150, write: significant },
  gate: { ...LINE, of: 'gate', write: significant },
  drift: { ...LINE, of: 'drift', height: 96, write: significant, jumps: false },
  loss: { ...LINE, of: 'loss', write: significant },
  load: { ...LINE, of: 'share', height: 96, write: (value) => `${fixed(value, 0)} %`, percent: true },
  accuracy: { ...LINE, of: 'accuracy', write: (value) => `${fixed(value, 0)} %`, percent: true },
  entropy: { ...LINE, of: 'entropy', write: (value) => fixed(value, 2) },
  gradientNorm: { ...LINE, of: 'gradientNorm', write: significant },
  learningRate: { ...LINE, of: 'learningRate', write: significant, jumps: false },
  tokensPerSecond: { ...LINE, of: 'tokensPerSecond', write: integer },
};

export function byExpert({ of }: Measure): boolean {
  return of === 'drift' || of === 'share';
}

/** As the strip has them, by row of the record, at least as many as it counts: one column, or one an expert. */
export function columnsOf(record: RunRecord, { of, percent }: Measure): readonly Float32Array[] {
  const columns = of === 'drift' ? record.drift() : of === 'share' ? record.share() : [record.series(of)];
  return percent ? columns.map((column) => column.subarray(0, record.count).map((share) => 100 * share)) : columns;
}
