import { PAPER_CODE_RECIPE, PAPER_RECIPE } from '../fusion/presets';
import type { FusionRecipe } from '../fusion/recipe';
import type { Contender } from './contender';
import { ENSEMBLE_CONTENDERS } from './ensembles';
import { instruct } from './instruct';
import { MERGE_CONTENDERS } from './merges';
import type { StudyData } from './study';
import { fusedBy, joint, jointFull } from './trained';

const PAPER = 'Tekin et al. 2024, arXiv 2411.17792';

/** Everything that the fused model is compared with, beside base and aligned models. `recipe` is the fused model's. */
export function contenders(recipe: FusionRecipe, { full }: Pick<StudyData, 'full'>): readonly Contender[] {
  return [
    ...MERGE_CONTENDERS,
    ...ENSEMBLE_CONTENDERS,
    instruct(recipe),
    joint(recipe),
    ...(full === undefined ? [] : [jointFull(recipe, full)]),
    fusedBy('paper', 'MoE as in the paper', PAPER, sameBudget(PAPER_RECIPE, recipe)),
    fusedBy('paper-code', 'MoE as in the paper\'s code', PAPER, sameBudget(PAPER_CODE_RECIPE, recipe)),
  ];
}

/** Without a warm-up of the routers, its steps are added to the others. */
function sameBudget(preset: FusionRecipe, { steps, warmupSteps, batch, microBatch, maxLength, drift }: FusionRecipe): FusionRecipe {
  return {
    ...preset, steps: steps + warmupSteps - preset.warmupSteps, batch, microBatch, maxLength, drift: drift.map(() => preset.drift[0] ?? 0),
  };
}
