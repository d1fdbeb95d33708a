import { checkFinite } from '../formats/model_files';
import type { HostModel } from '../fusion/assemble';
import type { Gpu } from '../gpu/gpu';
import type { TrainingPolicy } from '../model/policy';
import { DenseRun } from '../train/dense_run';
import { evaluateLoss } from '../train/evaluate_loss';
import { estimateMemory, requireFits } from '../train/memory';
import { NO_ROUTER_LOSSES, type TrainingRecipe } from '../train/recipe';
import { planLength, type LabelledRow } from '../model/batch';
import type { AlignRecipe } from './align_recipe';
import type { Alignment } from './protocol';
import { MICRO_BATCH, microBatchOf } from './recipe';
import { RunLoop, type RunEvents } from './run_loop';
import type { Turns } from './turns';

/** The FFN's own weights, as the embedded models were aligned. */
const FFN_ALONE: TrainingPolicy = { ffn: { kind: 'full' }, router: false, attention: false, norms: false, embeddings: false };

export interface AlignInput {
  readonly base: HostModel;
  readonly rows: readonly LabelledRow[];
  readonly heldOut: readonly LabelledRow[];
  readonly recipe: AlignRecipe;
}

export interface AlignOptions {
  readonly turns: Turns;
  readonly events: RunEvents;
  readonly signal: AbortSignal;
  /** ms, see Trainer. */
  readonly sliceBudget: number;
}

/**
 * SFT of one model, the same as `h3 align --mode full`. Steps take turns with answers. Undefined where it was aborted.
 * @throws Refusal where memory does not suffice or the weights are no longer finite
 */
export async function align(
  gpu: Gpu, { base, rows, heldOut, recipe }: AlignInput, { turns, events, signal, sliceBudget }: AlignOptions,
): Promise<{ readonly host: HostModel; readonly result: Alignment } | undefined> {
  const training = trainingRecipe(recipe);
  const plan = { config: base.config, policy: FFN_ALONE, recipe: training, longest: planLength(rows), datasets: 1 };
  requireFits(await estimateMemory(gpu.adapter, plan), gpu.device.limits);
  const loop = new RunLoop(recipe.steps, turns, events);
  events.status({ phase: 'preparing', step: 0, totalSteps: recipe.steps });
  const run = await turns.run(() => DenseRun.create(gpu, base, rows, FFN_ALONE, training, { onMetrics: loop.onMetrics, sliceBudget }));
  const measure = async (): Promise<number> => (await turns.run(() => evaluateLoss(run.store, heldOut, { signal }))).nll;
  const stop = (): void => { loop.stop(); };
  try {
    const before = heldOut.length === 0 ? undefined : await measure();
    signal.addEventListener('abort', stop);
    if (signal.aborted) return undefined;
    await loop.run(run.trainer);
    if (signal.aborted) return undefined;
    const host = await turns.run(() => run.model('aligned'));
    checkFinite(host.weights, 'the alignment');
    const after = before === undefined ? undefined : await measure();
    // Stopped there, it has measured a part of the rows.
    if (signal.aborted) return undefined;
    const measured = before === undefined || after === undefined ? {} : { heldOut: { rows: heldOut.length, before, after } };
    return { host, result: { steps: recipe.steps, rows: rows.length, ...measured } };
  } finally {
    signal.removeEventListener('abort', stop);
    await turns.run(() => {
      run.dispose();
      return Promise.resolve();
    });
  }
}

function trainingRecipe({ steps, batch, learningRate, seed }: AlignRecipe): TrainingRecipe {
  return {
    steps, warmupSteps: 0, batch, microBatch: microBatchOf(batch, MICRO_BATCH), learningRate, weightDecay: 0, clip: 1, beta1: 0.9, beta2: 0.999,
    losses: NO_ROUTER_LOSSES, seed,
  };
}
