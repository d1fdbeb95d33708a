import type { RecordedMetrics } from '../../src/engine/recorded_run';
import type { Validated } from '../../src/engine/run_file';
import type { RouterMetrics, StepMetrics } from '../../src/train/metrics';

const SERIES = ['loss', 'lm', 'gate', 'learningRate', 'gradientNorm', 'tokensPerSecond', 'entropy', 'accuracy', 'tokens', 'skipped'] as const;
export type SeriesName = (typeof SERIES)[number];

/** Mean router probabilities of one step; a dataset that the step did not hold keeps its last report. */
export interface RoutingFrame {
  readonly step: number;
  readonly layers: number;
  readonly datasets: number;
  readonly experts: number;
  readonly values: Float32Array; // (layers, datasets, experts); NaN where nothing was reported yet
}

/**
 * What a run reported, in arrays made once for its whole length. It stands beside the store: curves and heatmaps read it,
 * and React hears only that it grew.
 */
export class RunRecord {
  /** Steps recorded; row i is step i + 1. */
  count = 0;
  skipped = 0;
  /** Rows of the router-only warm-up, which come first. */
  warmup = 0;
  private readonly columns: Readonly<Record<SeriesName, Float32Array>>;
  private readonly driftColumns: readonly Float32Array[];
  private readonly shareColumns: readonly Float32Array[];
  private routing: Float32Array | undefined; // (capacity, layers, datasets, experts)
  private load: Float32Array | undefined; // likewise
  private routingShape = { layers: 0, datasets: 0, experts: 0 };
  private readonly listeners = new Set<() => void>();

  /** Losses of held-out rows, in the order of their steps. */
  validation: readonly Validated[] = [];

  /** @param capacity steps of the run, warm-up included */
  constructor(readonly capacity: number, readonly experts: number) {
    const column = (): Float32Array => new Float32Array(capacity).fill(Number.NaN);
    this.columns = Object.fromEntries(SERIES.map((name) => [name, column()])) as Record<SeriesName, Float32Array>;
    this.driftColumns = Array.from({ length: experts }, column);
    this.shareColumns = Array.from({ length: experts }, column);
  }

  /** Rows beyond the capacity are dropped: a run never reports more steps than it announced. */
  push(points: readonly StepMetrics[]): void {
    for (const point of points) {
      const row = this.count;
      if (row >= this.capacity) break;
      this.count += 1;
      if (point.skipped) this.skipped += 1;
      if (point.phase === 'warmup') this.warmup = this.count;
      for (const name of SERIES) this.columns[name][row] = valueOf(point, name);
      this.driftColumns.forEach((column, e) => { column[row] = point.drift[e] ?? Number.NaN; });
      this.shareColumns.forEach((column, e) => { column[row] = point.router?.share[e] ?? Number.NaN; });
      this.pushRouting(row, point.router);
    }
    this.tell();
  }

  validated(point: Validated): void {
    this.validation = [...this.validation, point];
    this.tell();
  }

  /** Another record with the first `steps` rows of this one: what a run that goes on from there has behind it. */
  upTo(steps: number): RunRecord {
    const copy = new RunRecord(this.capacity, this.experts);
    copy.count = Math.min(steps, this.count);
    copy.warmup = Math.min(this.warmup, copy.count);
    copy.validation = this.validation.filter(({ step }) => step <= copy.count);
    for (const name of SERIES) copy.columns[name].set(this.columns[name].subarray(0, copy.count));
    copy.skipped = copy.columns.skipped.subarray(0, copy.count).reduce((sum, one) => sum + one, 0);
    copy.driftColumns.forEach((column, e) => { column.set(this.driftColumns[e]?.subarray(0, copy.count) ?? []); });
    copy.shareColumns.forEach((column, e) => { column.set(this.shareColumns[e]?.subarray(0, copy.count) ?? []); });
    copy.routingShape = this.routingShape;
    const size = copy.count * this.cells();
    for (const grid of ['routing', 'load'] as const) {
      const values = this[grid];
      if (values !== undefined) (copy[grid] = new Float32Array(values.length).fill(Number.NaN)).set(values.subarray(0, size));
    }
    return copy;
  }

  /** By column, as a file holds it; undefined where no router has reported. */
  metrics(): RecordedMetrics | undefined {
    const { count, warmup, routing, load, routingShape, columns } = this;
    if (routing === undefined || load === undefined || count === 0) return undefined;
    const column = (name: SeriesName): number[] => Array.from(columns[name].subarray(0, count));
    const size = count * this.cells();
    return {
      ...routingShape, warmup, step: Array.from({ length: count }, (_, row) => row + 1), loss: column('loss'), lm: column('lm'), gate: column('gate'),
      learningRate: column('learningRate'), gradientNorm: column('gradientNorm'), tokens: column('tokens'), skipped: column('skipped'),
      entropy: column('entropy'), accuracy: column('accuracy'),
      drift: Array.from({ length: count * this.experts }, (_, i) => this.driftColumns[i % this.experts]?.[Math.floor(i / this.experts)] ?? Number.NaN),
      load: Array.from(load.subarray(0, size)), probability: Array.from(routing.subarray(0, size)),
    };
  }

  /** The whole column; only the first `count` values are reported. */
  series(name: SeriesName): Float32Array {
    return this.columns[name];
  }

  drift(): readonly Float32Array[] {
    return this.driftColumns;
  }

  /** Share of token slots, by expert. */
  share(): readonly Float32Array[] {
    return this.shareColumns;
  }

  /** @returns NaN before the first step */
  last(name: SeriesName): number {
    return this.columns[name][this.count - 1] ?? Number.NaN;
  }

  /** @param step counts from 1; undefined while no router has reported by then */
  frame(step: number): RoutingFrame | undefined {
    const row = Math.min(step, this.count) - 1;
    const { layers, datasets, experts } = this.routingShape;
    if (this.routing === undefined || row < 0) return undefined;
    const size = layers * datasets * experts;
    return { step: row + 1, layers, datasets, experts, values: this.routing.subarray(row * size, (row + 1) * size) };
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => { this.listeners.delete(listener); };
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }

  private cells(): number {
    const { layers, datasets, experts } = this.routingShape;
    return layers * datasets * experts;
  }

  private pushRouting(row: number, router: RouterMetrics | undefined): void {
    const layers = router?.probability.length ?? this.routingShape.layers;
    const datasets = router?.probability[0]?.length ?? this.routingShape.datasets;
    const experts = router?.probability[0]?.[0]?.length ?? this.routingShape.experts;
    const size = layers * datasets * experts;
    if (size === 0) return;
    if (this.routing === undefined) {
      this.routingShape = { layers, datasets, experts };
      this.routing = new Float32Array(this.capacity * size).fill(Number.NaN);
      this.load = new Float32Array(this.capacity * size).fill(Number.NaN);
    }
    for (let i = 0; i < size; i++) {
      const layer = Math.floor(i / (datasets * experts));
      const dataset = Math.floor(i / experts) % datasets;
      const value = router?.probability[layer]?.[dataset]?.[i % experts] ?? Number.NaN;
      if (this.load !== undefined) this.load[row * size + i] = router?.load[layer]?.[dataset]?.[i % experts] ?? Number.NaN;
      const before = row > 0 ? (this.routing[(row - 1) * size + i] ?? Number.NaN) : Number.NaN;
      this.routing[row * size + i] = Number.isNaN(value) ? before : value;
    }
  }
}

function valueOf(point: StepMetrics, name: SeriesName): number {
  if (name === 'entropy' || name === 'accuracy') return point.router?.[name] ?? Number.NaN;
  if (name === 'skipped') return Number(point.skipped);
  // The router's warm-up lowers the gate loss alone and does not measure the language loss.
  if (point.phase === 'warmup' && (name === 'lm' || name === 'loss')) return Number.NaN;
  return point[name];
}
