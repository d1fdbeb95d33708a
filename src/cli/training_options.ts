import { MICRO_BATCH } from '../engine/recipe';
import type { TrainingRecipe } from '../train/recipe';
import { integer, number } from './options';

/** What every training command shares; each states its own steps, batch and learning rate. */
export const trainingOptions = {
  'micro-batch': integer(MICRO_BATCH, 'most sequences at a time on the GPU; gradients add up over a batch', { min: 1, max: 4096 }),
  clip: number(1, 'largest global gradient norm; 0 does not clip'),
  seed: integer(1, 'of everything random: start values, order of rows, dropout'),
} as const;

export const batchOption = (fallback: number) => integer(fallback, 'sequences a step', { min: 1, max: 65536 });

/** Steps that pass `epochs` times over the rows. */
export function stepsOf(rows: number, batch: number, epochs: number): number {
  return Math.max(1, Math.ceil((rows * epochs) / batch));
}

/** AdamW's customary decay rates of the moments. */
export const BETAS: Pick<TrainingRecipe, 'beta1' | 'beta2'> = { beta1: 0.9, beta2: 0.999 };
