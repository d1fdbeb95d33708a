import type { ModelConfig } from '../formats/hf_config';
import type { Gpu } from '../gpu/gpu';
import { initialWeights } from '../model/initial_weights';
import { EVERYTHING } from '../model/policy';
import { ParameterStore } from '../model/store';
import { NO_ROUTER_LOSSES, type TrainingRecipe } from '../train/recipe';
import { Trainer } from '../train/trainer';
import { median, randomRows } from './synthetic_model';

export interface StepBenchOptions {
  readonly config: ModelConfig;
  readonly batch: number;
  readonly length: number;
  /** Timed steps. */
  readonly steps: number;
}

export interface StepTime {
  /** Median wall time from one step's metrics to the next's, with the queue as full as in training. */
  readonly millisecondsPerStep: number;
  readonly tokensPerSecond: number;
  readonly steps: number;
}

/** Steps that are not timed: pipelines are compiled in the first, and the queue fills in the second. */
const WARM = 2;

/** Whole training steps, everything trained by AdamW: forward, backward, clipping and update. */
export async function benchStep(gpu: Gpu, { config, batch, length, steps }: StepBenchOptions): Promise<StepTime> {
  const store = new ParameterStore(gpu, config, EVERYTHING);
  store.load(initialWeights(config, 1));
  const recipe: TrainingRecipe = {
    steps: WARM + steps, warmupSteps: 0, batch, microBatch: batch, learningRate: 1e-3, weightDecay: 0.1, clip: 1, beta1: 0.9, beta2: 0.999,
    losses: config.experts > 1 ? { ...NO_ROUTER_LOSSES, gateLoss: 'nll', gateWeight: 0.1 } : NO_ROUTER_LOSSES, seed: 1,
  };
  const arrivals: number[] = [];
  const trainer = await Trainer.create(store, randomRows(4 * batch, length, config), recipe, {
    datasets: config.experts, onMetrics: () => arrivals.push(performance.now()),
  });
  try {
    while (!trainer.finished) await trainer.advance();
    await trainer.drain();
  } finally {
    trainer.dispose();
    store.dispose();
  }
  const times = arrivals.slice(WARM).map((at, i) => at - (arrivals[WARM + i - 1] ?? at));
  const milliseconds = median(times);
  return { millisecondsPerStep: milliseconds, tokensPerSecond: (batch * length * 1000) / milliseconds, steps: times.length };
}
