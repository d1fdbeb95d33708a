import { PAPER_CODE_RECIPE, PAPER_RECIPE } from '../fusion/presets';
import type { FusionRecipe } from '../fusion/recipe';
import type { Contender, Row } from './contender';
import { ENSEMBLE_CONTENDERS } from './ensembles';
import { instruct } from './instruct';
import { MERGE_CONTENDERS } from './merges';
import { singles } from './singles';
import type { Study, StudyData } from './study';
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

/** What `contenders` can hold. */
export const CONTENDER_IDS = contenders(PAPER_RECIPE, { full: { rows: [], steps: 1, batch: 1 } }).map(({ id }) => id);

/** Base and aligned models and the contenders `only`, or all: tuned on validation, reported on the test split. */
export async function baselines(
  study: Study, { recipe, seeds, only }: { readonly recipe: FusionRecipe; readonly seeds: readonly number[]; readonly only?: readonly string[] },
): Promise<readonly Row[]> {
  const chosen = contenders(recipe, study.data).filter(({ id }) => only === undefined || only.includes(id));
  const all = [...singles(study), ...chosen];
  planAll(study, all, seeds);
  return runAll(study, all, seeds);
}

/** Throws a Refusal where one of them cannot run. */
export function planAll(study: Study, all: readonly Contender[], seeds: readonly number[]): void {
  for (const { requirePossible, estimate } of all) {
    requirePossible?.(study);
    study.pace.plan(estimate(study, seeds));
  }
}

/** One after the other, each as a stage that was planned. */
export async function runAll(study: Study, all: readonly Contender[], seeds: readonly number[]): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const contender of all) {
    const { name, paper } = contender;
    const row = await study.pace.stage(name, contender.estimate(study, seeds), () => contender.run(study, seeds));
    rows.push(paper === '' ? row : { ...row, paper });
  }
  return rows;
}
