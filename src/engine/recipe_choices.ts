import type { RunRecipe } from './recipe';

/** What each choice of a recipe may be. */
export const RECIPE_CHOICES: { readonly [K in 'routing' | 'routerInit' | 'gateLoss' | 'train' | 'fault']: readonly RunRecipe[K][] } = {
  routing: ['token', 'sequence'], routerInit: ['random', 'hidden', 'ridge'], gateLoss: ['nll', 'paper-code', 'none'], train: ['lora', 'full', 'router'],
  fault: ['none', 'one-label', 'honest-as-harmless', 'refuse-all'],
};
