import type { StepMetrics } from '../train/metrics';
import { MetricsPush } from './metrics_push';
import type { RunPhase, RunStatus } from './protocol';
import { StepClock } from './step_clock';
import type { Turns } from './turns';

/** What is run: a Trainer, or a stand-in of a test. */
export interface Steps {
  readonly total: number;
  readonly finished: boolean;
  advance(): Promise<void>;
  drain(): Promise<void>;
}

export interface RunEvents {
  readonly metrics: (points: readonly StepMetrics[]) => void;
  readonly status: (status: RunStatus) => void;
}

/** A run that can be paused, stepped, resumed and stopped. Commands take effect at the next step's border. */
export class RunLoop {
  private phase: RunPhase = 'running';
  private wanted: 'run' | 'pause' | 'stop' = 'run';
  private singles = 0;
  private wake: () => void = () => undefined;
  private readonly clock = new StepClock();
  private readonly push: MetricsPush;

  /** @param step where it begins: above 0 for a run that goes on from another's */
  constructor(private readonly total: number, private readonly turns: Turns, private readonly events: RunEvents, private step = 0) {
    this.push = new MetricsPush((points) => {
      events.metrics(points);
      this.report();
    });
  }

  /** To be given to the trainer as its onMetrics. */
  readonly onMetrics = (point: StepMetrics): void => {
    this.step = point.step;
    this.clock.tick(performance.now());
    this.push.add(point);
  };

  get status(): RunStatus {
    const { phase, step, total } = this;
    const secondsLeft = this.clock.secondsFor(total - step);
    return { phase, step, totalSteps: total, ...(secondsLeft === undefined ? {} : { secondsLeft }) };
  }

  pause(): void { this.want('pause'); }
  resume(): void { this.want('run'); }
  stop(): void { this.want('stop'); }

  /** A run that has not begun need not begin. */
  get stopping(): boolean {
    return this.has('stop');
  }

  /** Pauses, after one step more. */
  single(): void {
    this.singles += 1;
    this.want('pause');
  }

  /** Runs to the end or to stop(). Rejects with what a step failed with; what was reported is pushed first. */
  async run(steps: Steps): Promise<void> {
    try {
      this.enter('running');
      while (!steps.finished && !this.has('stop')) {
        if (this.has('pause') && this.singles === 0) await this.rest(steps);
        else await this.one(steps);
      }
      await steps.drain();
      this.enter(steps.finished ? 'finished' : 'stopped');
    } catch (error) {
      this.enter('failed');
      throw error;
    }
  }

  private async one(steps: Steps): Promise<void> {
    if (this.singles > 0) this.singles -= 1;
    else if (this.phase !== 'running') this.enter('running');
    await this.turns.run(() => steps.advance());
  }

  private async rest(steps: Steps): Promise<void> {
    await steps.drain();
    this.clock.interrupt();
    this.enter('paused');
    // A command may have come while the last step was on its way.
    if (this.has('pause') && this.singles === 0) await new Promise<void>((resolve) => { this.wake = resolve; });
  }

  private want(what: 'run' | 'pause' | 'stop'): void {
    this.wanted = what;
    this.wake();
  }

  /** A method, since commands change it while the loop waits. */
  private has(what: 'run' | 'pause' | 'stop'): boolean {
    return this.wanted === what;
  }

  private enter(phase: RunPhase): void {
    this.push.flush();
    this.phase = phase;
    this.report();
  }

  private report(): void {
    this.events.status(this.status);
  }
}
