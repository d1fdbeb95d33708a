import type { RunRecipe } from '../../src/engine/recipe';
import { LEVERS } from '../../src/engine/protocol';
import { integer, setting, significant } from '../format';
import { shortName } from '../fuse/field_names';
import type { Mark } from '../store/levers';
import type { Run } from '../store/run';
import { strings } from '../strings';

/** In the order in which people ask about them. */
const FIELDS = [
  'fault', 'train', 'routerInit', 'gateLoss', 'gateWeight', 'drift', 'topK', 'routing', 'learningRate', 'steps', 'warmupSteps', 'batch', 'rank', 'alpha', 'dropout', 'attention', 'seed',
] as const satisfies readonly (keyof RunRecipe)[];

/** What a run does otherwise than another: "λ 0.1 → 1", field by field. */
export function unlike(recipe: RunRecipe, before: RunRecipe): readonly string[] {
  return FIELDS.filter((field) => recipe[field] !== before[field])
    .map((field) => strings.train.runs.unlike(field === 'steps' ? strings.train.runs.stepsAfter : shortName(field), written(field, before), written(field, recipe)));
}

/**
 * Under a run's name: of whom it is a fork, what its recipe has otherwise than that of the run before it in the list, and what was
 * pulled on the way. The first run says what it is by λ, γ, learning rate and experts per token.
 */
export function factsOf(run: Run, before: Run | undefined): string {
  const { runs } = strings.train;
  const differences = before === undefined
    ? [LEVERS.map((field) => `${shortName(field)} ${written(field, run.recipe)}`).join(', ')]
    : unlike(run.recipe, before.recipe);
  const forked = run.parent === undefined ? [] : [runs.forked(run.parent.name, integer(run.parent.step))];
  const pulled = run.marks.filter(({ step }) => step !== run.parent?.step).map((mark) => runs.pulled(markText(mark), integer(mark.step)));
  return [...forked, ...(differences.length === 0 ? [runs.same] : differences), ...pulled].join('; ');
}

/** Language, gate and total loss of the last step. */
export function lossesOf({ record }: Run): string {
  return strings.train.runs.losses(significant(record.last('lm')), significant(record.last('gate')), significant(record.last('loss')));
}

/** λ 0.1 → 1 */
export function markText({ field, from, to }: Mark): string {
  return strings.train.levers.change(shortName(field), setting(from), setting(to));
}

function written(field: keyof RunRecipe, recipe: RunRecipe): string {
  const { recipe: texts, train: { runs } } = strings;
  switch (field) {
    case 'attention': return recipe.attention ? runs.yes : runs.no;
    case 'routing': return texts.routing[recipe.routing];
    case 'routerInit': return texts.routerInit[recipe.routerInit];
    case 'gateLoss': return texts.gateLoss[recipe.gateLoss];
    case 'train': return texts.train[recipe.train];
    case 'fault': return strings.own.breaks.fault[recipe.fault];
    default: return setting(recipe[field]);
  }
}
