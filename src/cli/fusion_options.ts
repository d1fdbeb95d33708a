import { microBatchOf } from '../engine/recipe';
import { DEFAULT_RECIPE, type FusionRecipe } from '../fusion/recipe';
import { bad, choice, flag, integer, number, numbers, type Values } from './options';
import { batchOption, trainingOptions } from './training_options';

const D = DEFAULT_RECIPE;

/** Everything of a fusion recipe, under the names of the command line. */
export const recipeOptions = {
  'top-k': integer(D.topK, 'experts that answer for a token', { min: 1 }),
  routing: choice(['token', 'sequence'], D.routing, 'whether each token or the whole prompt picks its experts'),
  'router-init': choice(['random', 'hidden', 'ridge'], D.routerInit, 'how the gates start: random, mean prompts, or ridge regression'),
  'router-rows': integer(D.routerRows, 'rows a dataset that the gates start from', { min: 1 }),
  'gate-loss': choice(['nll', 'paper-code', 'none'], D.gateLoss, 'penalty on routing away from the own expert; paper-code: as published'),
  'gate-weight': number(D.gateWeight, 'its weight'),
  drift: numbers(D.drift.slice(0, 1), 'weight of each expert\'s squared distance from its start: one for all, or one each', {
    integers: false, min: 0, max: 1e30,
  }),
  'balance-weight': number(D.balanceWeight, 'weight of the load-balance loss'),
  'z-weight': number(D.zWeight, 'weight of the router z-loss'),
  train: choice(['lora', 'full', 'router'], D.train, 'what trains beside the router: adapters of the experts, the experts, nothing'),
  attention: flag('trains the attention too, as the published code does'),
  rank: integer(D.rank, 'of the adapters', { min: 1, max: 4096 }),
  alpha: number(D.alpha, 'the adapters\' update is scaled by alpha / rank', { min: 1e-6 }),
  dropout: number(D.dropout, 'share of the adapters\' inputs dropped in training', { max: 0.99 }),
  'warmup-steps': integer(D.warmupSteps, 'router-only steps before the others, on every token\'s dataset'),
  steps: integer(D.steps, 'optimiser steps on the mixed data'),
  batch: batchOption(D.batch),
  lr: number(D.learningRate, 'peak learning rate'),
  'weight-decay': number(D.weightDecay, 'of AdamW'),
  ...trainingOptions,
} as const;

/** The recipe for so many experts. Throws a Refusal 'bad-option' where an option does not fit their number. */
export function recipeOf(values: Values<typeof recipeOptions>, experts: number, maxLength: number): FusionRecipe {
  const topK = values['top-k'];
  if (topK > experts) throw bad('top-k', `at most ${String(experts)}, the number of experts`, String(topK), 'lower it');
  const given = values.drift;
  if (given.length !== 1 && given.length !== experts) {
    throw bad('drift', `one weight, or ${String(experts)}, one for each expert`, String(given.length));
  }
  return {
    steps: values.steps,
    warmupSteps: values['warmup-steps'],
    batch: values.batch,
    microBatch: microBatchOf(values.batch, values['micro-batch']),
    learningRate: values.lr,
    topK,
    routing: values.routing,
    routerInit: values['router-init'],
    routerRows: values['router-rows'],
    gateLoss: values['gate-loss'],
    gateWeight: values['gate-weight'],
    drift: Array.from({ length: experts }, (_, e) => given[given.length === 1 ? 0 : e] ?? 0),
    balanceWeight: values['balance-weight'],
    zWeight: values['z-weight'],
    train: values.train,
    rank: values.rank,
    alpha: values.alpha,
    dropout: values.dropout,
    attention: values.attention,
    weightDecay: values['weight-decay'],
    clip: values.clip,
    maxLength,
    seed: values.seed,
  };
}
