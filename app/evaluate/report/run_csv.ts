import { EXPERTS } from '../../../src/engine/protocol';
import type { RunRecord, SeriesName } from '../../store/run_record';

const COLUMNS = ['loss', 'lm', 'gate', 'accuracy', 'entropy', 'gradientNorm', 'learningRate', 'tokensPerSecond'] as const satisfies readonly SeriesName[];

/** One line a step; empty where a step did not measure something, as the language loss in the router's warm-up. */
export function runCsv(record: RunRecord): string {
  const head = ['step', 'phase', ...COLUMNS, ...EXPERTS.map((expert) => `drift_${expert}`)];
  const columns = [...COLUMNS.map((name) => record.series(name)), ...record.drift()];
  const lines = Array.from({ length: record.count }, (_, row) => [
    String(row + 1), row < record.warmup ? 'warmup' : 'tune', ...columns.map((column) => written(column[row] ?? Number.NaN)),
  ]);
  return `${[head, ...lines].map((line) => line.join(',')).join('\n')}\n`;
}

/** As many digits as an f32 has. */
function written(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(9))) : '';
}
