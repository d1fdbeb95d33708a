import { Refusal } from '../errors/refusal';

/** How three aligned models become one: what a visitor chooses. Plain data, the same in the studio and in a link. */
export interface RunRecipe {
  /** Optimiser steps on the mixed data, warm-up not counted. */
  readonly steps: number;
  /** Router-only steps on per-token cross-entropy before them. */
  readonly warmupSteps: number;
  /** Rows a step, the three datasets mixed. */
  readonly batch: number;
  /** Peak of the schedule. */
  readonly learningRate: number;
  /** Experts kept per token; the others' shares are 0. */
  readonly topK: number;
  readonly routerInit: 'random' | 'hidden' | 'ridge';
  readonly gateLoss: 'nll' | 'paper-code' | 'none';
  /** λ, the weight of the gate loss. */
  readonly gateWeight: number;
  /** γ, the weight of ‖Wᵢ − Wᵢ⁰‖², the same for every expert. */
  readonly drift: number;
  readonly train: 'lora' | 'full' | 'router';
  readonly routing: 'token' | 'sequence';
  readonly seed: number;
}

interface Range {
  readonly min: number;
  readonly max: number;
  readonly integer: boolean;
}

export type RecipeNumber = {
  [K in keyof RunRecipe]: RunRecipe[K] extends number ? (number extends RunRecipe[K] ? K : never) : never;
}[keyof RunRecipe];

/** What each number may be. The interface shows these limits and the worker enforces them. */
export const RECIPE_RANGES: Readonly<Record<RecipeNumber, Range>> = {
  steps: { min: 1, max: 20_000, integer: true },
  warmupSteps: { min: 0, max: 5_000, integer: true },
  batch: { min: 1, max: 512, integer: true },
  learningRate: { min: 1e-7, max: 1, integer: false },
  topK: { min: 1, max: 3, integer: true },
  gateWeight: { min: 0, max: 100, integer: false },
  drift: { min: 0, max: 100, integer: false },
  seed: { min: 0, max: 4_294_967_295, integer: true },
};

export function inRange(field: RecipeNumber, value: number): boolean {
  const { min, max, integer } = RECIPE_RANGES[field];
  return Number.isFinite(value) && value >= min && value <= max && (!integer || Number.isInteger(value));
}

/** @throws Refusal 'bad-option' naming the first number that is out of range. */
export function checkRecipe(recipe: RunRecipe): RunRecipe {
  for (const field of Object.keys(RECIPE_RANGES) as RecipeNumber[]) {
    if (inRange(field, recipe[field])) continue;
    const { min, max, integer } = RECIPE_RANGES[field];
    throw new Refusal('bad-option', {
      file: 'recipe',
      field,
      expected: `${integer ? 'a whole number' : 'a number'} from ${String(min)} to ${String(max)}`,
      got: String(recipe[field]),
      fix: 'change the number and fuse again',
    });
  }
  return recipe;
}

export type PresetName = 'default' | 'paper' | 'paper-code';

const DEFAULT: RunRecipe = {
  steps: 200,
  warmupSteps: 20,
  batch: 12,
  learningRate: 1e-3,
  topK: 2,
  routerInit: 'ridge',
  gateLoss: 'nll',
  gateWeight: 0.1,
  drift: 0.001,
  train: 'full',
  routing: 'token',
  seed: 1,
};

/** The paper's method as equations; and the same as its published code computes the gate loss. */
export const PRESETS: Readonly<Record<PresetName, RunRecipe>> = {
  default: DEFAULT,
  paper: { ...DEFAULT, warmupSteps: 0, learningRate: 5e-4, routerInit: 'random', gateWeight: 0.01, train: 'lora' },
  'paper-code': {
    ...DEFAULT,
    warmupSteps: 0,
    learningRate: 5e-4,
    routerInit: 'random',
    gateLoss: 'paper-code',
    gateWeight: 0.01,
    train: 'lora',
  },
};

/** The preset a recipe equals, seed apart; undefined once a number was changed by hand. */
export function presetOf(recipe: RunRecipe): PresetName | undefined {
  const names = Object.keys(PRESETS) as PresetName[];
  return names.find((name) => {
    const preset = PRESETS[name];
    return (Object.keys(preset) as (keyof RunRecipe)[]).every((key) => key === 'seed' || preset[key] === recipe[key]);
  });
}
