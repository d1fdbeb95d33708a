import type { Answerer } from '../eval/answerer';
import { suiteRouting } from '../eval/suite_routing';
import type { HostModel } from '../fusion/assemble';
import type { FusionRecipe } from '../fusion/recipe';
import type { LabelledRow } from '../model/batch';
import type { TrainingPolicy } from '../model/policy';
import type { ParameterStore } from '../model/store';
import { DenseRun } from '../train/dense_run';
import { FusionRun } from '../train/fusion_run';
import { NO_ROUTER_LOSSES, type TrainingRecipe } from '../train/recipe';
import type { Trainer } from '../train/trainer';
import type { Scores } from './scores';
import type { Study } from './study';

/** What one training gave. */
export interface Run {
  readonly validation: Scores;
  readonly test: Scores;
  /** Of training, with what comes before it: the routers' start, candidates' answers. */
  readonly seconds: number;
  /** Share of the test prompts whose preferred expert is called as their measure; absent for dense models, and where none is. */
  readonly routerAccuracy?: number;
}

/** What a trained row costs, in answered rows; measured on SwiftShader. */
const TRAINED_ROW = { dense: 2.5, full: 4, lora: 7, router: 3, warmup: 1 } as const;

/** Fuses once and measures. Throws a Refusal 'cancelled' once the signal is aborted. */
export function fusedRun(study: Study, name: string, recipe: FusionRecipe, rowsEach?: number): Promise<Run> {
  const { base, aligned, rows } = study.data;
  return study.unit(name, [recipe, rowsEach ?? 'all'], async () => {
    const started = performance.now();
    const some = rowsEach === undefined ? rows : firstOfEach(rows, aligned.length, rowsEach);
    const run = await FusionRun.create(study.gpu, { base, experts: aligned, rows: some, recipe });
    try {
      const { warmupSteps, batch, train } = recipe;
      await drive(study, run.trainer, (step) => batch * TRAINED_ROW[step <= warmupSteps ? 'warmup' : train]);
      const seconds = (performance.now() - started) / 1000;
      const routing = await suiteRouting(run.store, study.data.suites.test, study.data.tokenizer, study.signal === undefined ? {} : { signal: study.signal });
      study.requireNotAborted();
      const measured = await measure(study, study.answerer(name, run.store));
      return { ...measured, seconds, ...(routing === undefined ? {} : { routerAccuracy: routing.accuracy }) };
    } finally {
      run.dispose();
    }
  });
}

export function fusedEstimate(study: Study, { steps, warmupSteps, batch, train }: FusionRecipe): number {
  return batch * (steps * TRAINED_ROW[train] + warmupSteps * TRAINED_ROW.warmup) + study.size('validation') + study.size('test');
}

export interface DenseTraining {
  readonly start: HostModel;
  readonly rows: readonly LabelledRow[];
  readonly steps: number;
  readonly batch: number;
  readonly learningRate: number;
  /** Trains the attention too. */
  readonly attention: boolean;
  readonly seed: number;
}

/** What a dense training takes from a recipe, beside steps, batch and learning rate; it belongs into the key of its unit. */
export function optimiserOf({ clip, weightDecay, microBatch }: FusionRecipe): Pick<FusionRecipe, 'clip' | 'weightDecay' | 'microBatch'> {
  return { clip, weightDecay, microBatch };
}

/** Trains one dense model's FFN on rows of any kind, for as long as `use` takes of its answers. */
export async function withDense<T>(
  study: Study, { start, rows, steps, batch, learningRate, attention, seed }: DenseTraining, settings: FusionRecipe,
  use: (store: ParameterStore) => Promise<T>,
): Promise<T> {
  const policy: TrainingPolicy = { ffn: { kind: 'full' }, router: false, attention, norms: false, embeddings: false };
  const { clip, weightDecay, microBatch } = optimiserOf(settings);
  const recipe: TrainingRecipe = {
    steps, warmupSteps: 0, batch, microBatch: Math.min(batch, microBatch), learningRate, weightDecay, clip, beta1: 0.9, beta2: 0.999,
    losses: NO_ROUTER_LOSSES, seed,
  };
  const run = await DenseRun.create(study.gpu, start, rows.map((row) => ({ ...row, label: 0 })), policy, recipe, {});
  try {
    await drive(study, run.trainer, () => denseEstimate(1, batch));
    return await use(run.store);
  } finally {
    run.dispose();
  }
}

export function denseEstimate(steps: number, batch: number): number {
  return steps * batch * TRAINED_ROW.dense;
}

export async function measure(study: Study, answerer: Answerer, cost = 1): Promise<Pick<Run, 'validation' | 'test'>> {
  const validation = await study.score(answerer, 'validation', cost);
  return { validation, test: await study.score(answerer, 'test', cost) };
}

async function drive(study: Study, trainer: Trainer, cost: (step: number) => number): Promise<void> {
  try {
    while (!trainer.finished) {
      study.requireNotAborted();
      await trainer.advance();
      study.pace.spend(cost(trainer.step), `step ${trainer.step} of ${trainer.total}`);
    }
  } catch (error) {
    // Nothing may be in flight when its buffers go.
    await trainer.drain().catch(() => undefined);
    throw error;
  }
  await trainer.drain();
}

function firstOfEach(rows: readonly LabelledRow[], labels: number, count: number): LabelledRow[] {
  return Array.from({ length: labels }, (_, label) => rows.filter((row) => row.label === label).slice(0, count)).flat();
}
