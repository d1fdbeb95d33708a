import { Refusal } from '../errors/refusal';
import { DEFAULT_RECIPE, type FusionRecipe } from '../fusion/recipe';

/** How three aligned models become one: what a visitor chooses. Plain data, the same in the studio and in a link. */
export interface RunRecipe
  extends Pick<
    FusionRecipe,
    | 'steps' | 'warmupSteps' | 'batch' | 'learningRate' | 'topK' | 'routerInit' | 'gateLoss' | 'gateWeight'
    | 'train' | 'attention' | 'routing' | 'seed'
  > {
  /** γ, the weight of ‖Wᵢ − Wᵢ⁰‖², the same for every expert. */
  readonly drift: number;
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

const { steps, warmupSteps, batch, learningRate, topK, routerInit, gateLoss, gateWeight, train, attention, routing, seed } = DEFAULT_RECIPE;
const DEFAULT: RunRecipe = {
  steps, warmupSteps, batch, learningRate, topK, routerInit, gateLoss, gateWeight, train, attention, routing, seed,
  drift: DEFAULT_RECIPE.drift[0] ?? 0,
};

const PAPER: RunRecipe = { ...DEFAULT, warmupSteps: 0, learningRate: 5e-4, routerInit: 'random', gateWeight: 0.01, train: 'lora' };

/** The method as the paper's equations have it; and with the gate loss and the attention adapters of its published code. */
export const PRESETS: Readonly<Record<PresetName, RunRecipe>> = {
  default: DEFAULT,
  paper: PAPER,
  'paper-code': { ...PAPER, gateLoss: 'paper-code', attention: true },
};

/** The preset a recipe equals, seed apart; undefined once a number was changed by hand. */
export function presetOf(recipe: RunRecipe): PresetName | undefined {
  const names = Object.keys(PRESETS) as PresetName[];
  return names.find((name) => {
    const preset = PRESETS[name];
    return (Object.keys(preset) as (keyof RunRecipe)[]).every((key) => key === 'seed' || preset[key] === recipe[key]);
  });
}

/** Rows at a time on the GPU, so that activations stay small whatever the batch. */
const MICRO_BATCH = 16;

/** The engine's recipe: what the visitor does not choose keeps its default. */
export function fusionRecipe(recipe: RunRecipe, experts: number, context: number): FusionRecipe {
  const { drift, ...chosen } = recipe;
  const passes = Math.ceil(recipe.batch / MICRO_BATCH);
  return {
    ...DEFAULT_RECIPE,
    ...chosen,
    microBatch: Math.ceil(recipe.batch / passes),
    drift: Array.from({ length: experts }, () => drift),
    maxLength: Math.min(DEFAULT_RECIPE.maxLength, context),
  };
}
