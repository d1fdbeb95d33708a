import { EXPERTS } from '../../src/engine/protocol';
import type { RunRecord, SeriesName } from '../store/run_record';

const COLUMNS: readonly (readonly [name: string, series: SeriesName])[] = [
  ['language_loss', 'lm'], ['gate_loss', 'gate'], ['total_loss', 'loss'], ['router_accuracy', 'accuracy'], ['router_entropy', 'entropy'],
  ['gradient_norm', 'gradientNorm'], ['learning_rate', 'learningRate'], ['tokens_per_second', 'tokensPerSecond'], ['tokens', 'tokens'], ['skipped', 'skipped'],
];

/** One line a step, one column a measure, shares from 0 to 1; what was not reported is left empty. */
export function runCsv(record: RunRecord): string {
  const validation = new Map(record.validation.map(({ step, loss }) => [step, loss]));
  const head = ['step', 'phase', ...COLUMNS.map(([name]) => name), ...EXPERTS.map((expert) => `drift_${expert}`), ...EXPERTS.map((expert) => `share_${expert}`), 'held_out_loss'];
  const columns = [...COLUMNS.map(([, series]) => record.series(series)), ...record.drift(), ...record.share()];
  const lines = Array.from({ length: record.count }, (_, row) => [
    String(row + 1), row < record.warmup ? 'warmup' : 'tune', ...columns.map((column) => cell(column[row] ?? Number.NaN)), cell(validation.get(row + 1) ?? Number.NaN),
  ]);
  return `${[head, ...lines].map((line) => line.join(',')).join('\n')}\n`;
}

/** As many digits as tell one f32 from the next. */
function cell(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(9))) : '';
}
