import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { StepMetrics } from '../train/metrics';
import type { Trainer } from '../train/trainer';
import type { Context } from './command';

const METRICS_FILE = 'metrics.jsonl';

export interface Reached {
  /** Steps done, warm-up included. */
  readonly steps: number;
  readonly stopped: boolean;
  readonly seconds: number;
  readonly last?: StepMetrics;
}

/** Drives a trainer to its end or to Ctrl-C; every step's metrics go to metrics.jsonl, a line each, and to the progress line. */
export class TrainingLog {
  private last: StepMetrics | undefined;
  private file: number | undefined;
  private show: (metrics: StepMetrics) => void = () => undefined;

  constructor(
    private readonly folder: string,
    private readonly context: Context,
  ) {}

  get path(): string {
    return join(this.folder, METRICS_FILE);
  }

  readonly onMetrics = (metrics: StepMetrics): void => {
    this.last = metrics;
    this.file ??= this.open();
    // NaN, which stands for "no row of this dataset in the step", becomes null.
    writeSync(this.file, `${JSON.stringify(metrics)}\n`);
    this.show(metrics);
  };

  async run(trainer: Trainer, label: string): Promise<Reached> {
    const signal = this.context.interrupted();
    const progress = this.context.progress(label);
    const started = performance.now();
    this.show = ({ step, phase, loss, tokensPerSecond }) => {
      const warmup = phase === 'warmup' ? 'router warm-up, ' : '';
      progress.show(step, trainer.total, `${warmup}loss ${loss.toFixed(4)} · ${tokensPerSecond.toFixed(0)} tokens/s`);
    };
    try {
      while (!trainer.finished && !signal.aborted) await trainer.advance();
      await trainer.drain();
    } finally {
      progress.end();
      if (this.file !== undefined) closeSync(this.file);
      this.file = undefined;
    }
    const seconds = (performance.now() - started) / 1000;
    return { steps: trainer.step, stopped: !trainer.finished, seconds, ...(this.last === undefined ? {} : { last: this.last }) };
  }

  private open(): number {
    mkdirSync(this.folder, { recursive: true });
    return openSync(this.path, 'w');
  }
}
