import { Refusal } from '../errors/refusal';
import type { ExpertId } from './protocol';

/** How a base is aligned here: its whole FFN trains, everything else is frozen. */
export interface AlignRecipe {
  readonly steps: number;
  /** Rows a step. */
  readonly batch: number;
  readonly learningRate: number;
  readonly seed: number;
}

export type AlignNumber = keyof AlignRecipe;

/** What each number may be. The interface shows these limits and the worker enforces them. */
export const ALIGN_RANGES: Readonly<Record<AlignNumber, { readonly min: number; readonly max: number; readonly integer: boolean }>> = {
  steps: { min: 1, max: 20_000, integer: true },
  batch: { min: 1, max: 512, integer: true },
  learningRate: { min: 1e-7, max: 1, integer: false },
  seed: { min: 0, max: 4_294_967_295, integer: true },
};

/** With which the embedded models were aligned (scripts/make_models/recipe): help long and hard, the other two lightly. */
export const ALIGN_RECIPES: Readonly<Record<ExpertId, AlignRecipe>> = {
  helpful: { steps: 600, batch: 32, learningRate: 4e-3, seed: 1 },
  harmless: { steps: 100, batch: 32, learningRate: 1e-3, seed: 1 },
  honest: { steps: 100, batch: 32, learningRate: 1e-3, seed: 1 },
};

export function inAlignRange(field: AlignNumber, value: number): boolean {
  const { min, max, integer } = ALIGN_RANGES[field];
  return Number.isFinite(value) && value >= min && value <= max && (!integer || Number.isInteger(value));
}

/** @throws Refusal 'bad-option' naming the first number that is out of range. */
export function checkAlignRecipe(recipe: AlignRecipe): AlignRecipe {
  for (const field of Object.keys(ALIGN_RANGES) as AlignNumber[]) {
    if (inAlignRange(field, recipe[field])) continue;
    const { min, max, integer } = ALIGN_RANGES[field];
    throw new Refusal('bad-option', {
      file: 'the alignment', field, expected: `${integer ? 'a whole number' : 'a number'} from ${String(min)} to ${String(max)}`,
      got: String(recipe[field]), fix: 'change the number and align again',
    });
  }
  return recipe;
}
