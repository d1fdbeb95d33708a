import { fusionRecipe, type RunRecipe } from './recipe';

/** What `h3 fuse` calls each setting. */
const OPTIONS = {
  steps: 'steps', warmupSteps: 'warmup-steps', batch: 'batch', learningRate: 'lr', topK: 'top-k', routing: 'routing', routerInit: 'router-init',
  gateLoss: 'gate-loss', gateWeight: 'gate-weight', drift: 'drift', train: 'train', rank: 'rank', alpha: 'alpha', dropout: 'dropout', seed: 'seed',
} as const satisfies Partial<Record<keyof RunRecipe, string>>;

/**
 * The arguments with which `h3 fuse` trains the embedded models as the studio does: every setting is named, so that a default that
 * changes later changes nothing.
 * @param context tokens that the models hold; a longer row is left out on both sides
 */
export function fuseArguments(recipe: RunRecipe, context: number): readonly string[] {
  const { maxLength, balanceWeight, zWeight, weightDecay, clip, routerRows } = fusionRecipe(recipe, 1, context);
  const chosen = Object.entries(OPTIONS).flatMap(([field, option]) => [`--${option}`, String(recipe[field as keyof typeof OPTIONS])]);
  const fixed = { 'max-length': maxLength, 'balance-weight': balanceWeight, 'z-weight': zWeight, 'weight-decay': weightDecay, clip, 'router-rows': routerRows };
  return [
    'fuse', ...chosen, ...(recipe.attention ? ['--attention'] : []),
    ...Object.entries(fixed).flatMap(([option, value]) => [`--${option}`, String(value)]),
  ];
}
