import { DEFAULT_RECIPE, type FusionRecipe } from './recipe';

/** The method of the paper's equations (H3Fusion, arXiv 2411.17792) with the adapters of its recipe. Steps and batch are the default's. */
export const PAPER_RECIPE: FusionRecipe = {
  ...DEFAULT_RECIPE,
  warmupSteps: 0, learningRate: 5e-4, topK: 2, routing: 'token', routerInit: 'random',
  gateLoss: 'nll', gateWeight: 0.01, drift: [0.001, 0.001, 0.001], balanceWeight: 0, zWeight: 0,
  train: 'lora', rank: 8, alpha: 4, dropout: 0.1, attention: false,
};

/**
 * Adds two departures of the published code: its gate loss, a cross-entropy of probabilities that are already a softmax, and
 * attention that trains. Here the attention matrices themselves train; there, adapters beside them.
 * Not offered, as it only undoes the method: a router frozen at its random start; experts that start identical, since all
 * adapters are added to one shared tensor and without α/r; drift as the unsquared norm of the experts' weights instead of
 * their change; truthful rows labelled mostly as harmless ones.
 */
export const PAPER_CODE_RECIPE: FusionRecipe = { ...PAPER_RECIPE, gateLoss: 'paper-code', attention: true };
