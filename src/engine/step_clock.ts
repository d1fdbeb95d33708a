const WINDOW = 16;
const ENOUGH = 4;

/** How long a step takes: the median of the last sixteen, so that a pause, an answer or a frozen tab does not count. */
export class StepClock {
  private readonly spans: number[] = [];
  private last: number | undefined;

  /** @param now milliseconds */
  tick(now: number): void {
    if (this.last !== undefined) this.spans.push(now - this.last);
    if (this.spans.length > WINDOW) this.spans.shift();
    this.last = now;
  }

  /** The time until the next tick is no step's. */
  interrupt(): void {
    this.last = undefined;
  }

  /** Seconds for so many steps; undefined until a few were timed. */
  secondsFor(steps: number): number | undefined {
    if (this.spans.length < ENOUGH) return undefined;
    const sorted = [...this.spans].sort((a, b) => a - b);
    return ((sorted[Math.floor(sorted.length / 2)] ?? 0) * steps) / 1000;
  }
}
