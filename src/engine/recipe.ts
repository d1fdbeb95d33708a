import { Refusal } from '../errors/refusal';
import { PAPER_CODE_RECIPE, PAPER_RECIPE } from '../fusion/presets';
import { DEFAULT_RECIPE, type FusionRecipe } from '../fusion/recipe';

/** How three aligned models become one: what a visitor chooses. Plain data, the same in the studio and in a link. */
/**
 * What is wrong with the rows, on purpose. one-label: the gate loss takes all for Helpful's. honest-as-harmless: it takes Honest's
 * for Harmless's, as the published code mostly does. refuse-all: the harmless rows refuse what is harmless, too.
 */
export type RowFault = 'none' | 'one-label' | 'honest-as-harmless' | 'refuse-all';

export interface RunRecipe
  extends Pick<
    FusionRecipe,
    | 'steps' | 'warmupSteps' | 'batch' | 'learningRate' | 'topK' | 'routerInit' | 'gateLoss' | 'gateWeight'
    | 'train' | 'rank' | 'alpha' | 'dropout' | 'attention' | 'routing' | 'seed'
  > {
  /** γ, the weight of ‖Wᵢ − Wᵢ⁰‖², the same for every expert. */
  readonly drift: number;
  readonly fault: RowFault;
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
  rank: { min: 1, max: 256, integer: true },
  alpha: { min: 1e-6, max: 1024, integer: false },
  dropout: { min: 0, max: 0.99, integer: false },
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

/** The first field in which two recipes differ, some apart; undefined where they are the same. */
export function differsIn(one: RunRecipe, other: RunRecipe, but: readonly (keyof RunRecipe)[]): keyof RunRecipe | undefined {
  return (Object.keys(PRESETS.default) as (keyof RunRecipe)[]).find((field) => !but.includes(field) && one[field] !== other[field]);
}

export type PresetName = 'default' | 'paper' | 'paper-code' | 'router-only' | 'no-gate-loss';

/** src/fusion/presets says where they are from. */
export const PRESETS: Readonly<Record<PresetName, RunRecipe>> = {
  default: chosen(DEFAULT_RECIPE), paper: chosen(PAPER_RECIPE), 'paper-code': chosen(PAPER_CODE_RECIPE),
  'router-only': chosen({ ...DEFAULT_RECIPE, train: 'router' }),
  'no-gate-loss': chosen({ ...DEFAULT_RECIPE, gateLoss: 'none', routerInit: 'random', warmupSteps: 0 }),
};

export type BreakName = 'collapse' | 'dead-expert' | 'over-refusal';

/** Recipes that break something, to be found and mended (docs/LOG.md has what they do to the embedded models). */
export const BREAKS: Readonly<Record<BreakName, RunRecipe>> = {
  collapse: { ...PRESETS.default, topK: 1, fault: 'one-label', steps: 100 },
  'dead-expert': { ...PRESETS.default, topK: 1, fault: 'honest-as-harmless', steps: 100 },
  'over-refusal': { ...PRESETS.default, fault: 'refuse-all', steps: 150 },
};

/** Of an engine's recipe what a visitor chooses. */
function chosen(recipe: FusionRecipe): RunRecipe {
  const {
    steps, warmupSteps, batch, learningRate, topK, routing, routerInit, gateLoss, gateWeight, drift: [drift = 0], train, rank, alpha, dropout,
    attention, seed,
  } = recipe;
  return {
    steps, warmupSteps, batch, learningRate, topK, routing, routerInit, gateLoss, gateWeight, drift, train, rank, alpha, dropout, attention, seed, fault: 'none',
  };
}

/** The preset a recipe equals, seed apart; undefined once a number was changed by hand. */
export function presetOf(recipe: RunRecipe): PresetName | undefined {
  return (Object.keys(PRESETS) as PresetName[]).find((name) => sameButSeed(PRESETS[name], recipe));
}

export function breakOf(recipe: RunRecipe): BreakName | undefined {
  return (Object.keys(BREAKS) as BreakName[]).find((name) => sameButSeed(BREAKS[name], recipe));
}

function sameButSeed(preset: RunRecipe, recipe: RunRecipe): boolean {
  return (Object.keys(preset) as (keyof RunRecipe)[]).every((key) => key === 'seed' || preset[key] === recipe[key]);
}

/** Sequences at a time on the GPU, so that activations stay small whatever the batch. */
export const MICRO_BATCH = 32;

/** Sequences of one pass where a batch is cut into equal passes of at most `most`. */
export function microBatchOf(batch: number, most: number): number {
  return Math.ceil(batch / Math.ceil(batch / most));
}

/** The engine's recipe: what the visitor does not choose keeps its default. */
export function fusionRecipe(recipe: RunRecipe, experts: number, context: number): FusionRecipe {
  const { drift, fault: _, ...others } = recipe;
  return {
    ...DEFAULT_RECIPE,
    ...others,
    microBatch: microBatchOf(recipe.batch, MICRO_BATCH),
    drift: Array.from({ length: experts }, () => drift),
    maxLength: Math.min(DEFAULT_RECIPE.maxLength, context),
  };
}
