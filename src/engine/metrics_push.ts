import type { StepMetrics } from '../train/metrics';

/** At most ten pushes a second. */
const INTERVAL = 100;

/** Collects the points of a run and hands them on in batches. */
export class MetricsPush {
  private points: StepMetrics[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly send: (points: readonly StepMetrics[]) => void) {}

  add(point: StepMetrics): void {
    this.points.push(point);
    this.timer ??= setTimeout(() => { this.flush(); }, INTERVAL);
  }

  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.points.length === 0) return;
    const points = this.points;
    this.points = [];
    this.send(points);
  }
}
