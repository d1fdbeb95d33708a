import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from '../errors/refusal';
import { downloadMerged } from '../model/merge';
import type { ParameterStore } from '../model/store';
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
  /** Why training ended early of its own: gradients that were not finite, several steps in a row. */
  readonly failure?: Refusal;
}

/** Drives a trainer to its end, to Ctrl-C or to gradients that are not finite; every step's metrics go to metrics.jsonl, a line each, and to the progress line. */
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
    let failure: Refusal | undefined;
    try {
      while (!trainer.finished && !signal.aborted) await trainer.advance();
      await trainer.drain();
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'not-finite') throw error;
      failure = error;
      // What is still in flight rejects with the same failure.
      await trainer.drain().catch(() => undefined);
    } finally {
      progress.end();
      if (this.file !== undefined) closeSync(this.file);
      this.file = undefined;
    }
    const seconds = (performance.now() - started) / 1000;
    const stopped = failure !== undefined || !trainer.finished;
    return {
      steps: trainer.step, stopped, seconds, ...(this.last === undefined ? {} : { last: this.last }), ...(failure === undefined ? {} : { failure }),
    };
  }

  /** Before anything is written: throws the failure where the weights that are left are not finite either. */
  async requireFinite({ failure }: Reached, store: ParameterStore): Promise<void> {
    if (failure === undefined) return;
    const weights = await downloadMerged(store);
    if ([...weights.values()].every(({ data }) => data.every((value) => Number.isFinite(value)))) return;
    this.context.say(`${this.folder}: no weights are written, as those of the last step are not finite either.`);
    throw failure;
  }

  /** After the weights are written: throws the failure that ended the run, so that the command ends as refused. */
  requireSuccess({ failure }: Reached): void {
    if (failure === undefined) return;
    this.context.say(`${this.folder}: the weights of the last good step are written; the run stopped early.`);
    throw failure;
  }

  private open(): number {
    mkdirSync(this.folder, { recursive: true });
    return openSync(this.path, 'w');
  }
}
