import { INTERVAL_SEED } from '../../../src/engine/evaluation';
import type { AdapterCard, RunStatus } from '../../../src/engine/protocol';
import { type RecipeNumber, RECIPE_RANGES, type RunRecipe } from '../../../src/engine/recipe';
import { fuseArguments } from '../../../src/engine/recipe_command';
import { integer, parameters, setting } from '../../format';
import type { Mark } from '../../store/levers';
import type { RunRecord } from '../../store/run_record';
import { symbolOf } from '../../fuse/field_names';
import { strings } from '../../strings';
import { MORE_STRIPS, STRIPS } from '../../train/measures';
import { curveSvg } from './curves_svg';
import { html, type Markup, table } from './html';

export interface ReportedRun {
  readonly recipe: RunRecipe;
  readonly record: RunRecord;
  readonly status: RunStatus;
  readonly name: string;
  readonly marks: readonly Mark[];
  /** Of the models that were fused. */
  readonly context: number;
  readonly parameters: number;
  /** A visitor's models or rows are loaded, which no command has. */
  readonly own: boolean;
  /** It went on from the weights of another run. */
  readonly fork: boolean;
}

/** How the model came to be: facts, recipe, the command that repeats it, curves. */
export function runSections(run: ReportedRun, adapter: AdapterCard | undefined): Markup {
  const { report: texts, recipe: { fields } } = strings;
  const { recipe, record, status, marks } = run;
  const name = adapter === undefined ? '' : adapter.software ? `${adapter.name} (${texts.software})` : adapter.name;
  const alone = run.own || run.fork || recipe.fault !== 'none';
  const complete = status.phase === 'finished';
  return html`<h2>${texts.run}</h2>${table(texts.run, ['', ''], [
    [texts.facts.state, texts.live(run.name)],
    [texts.facts.adapter, name],
    [texts.facts.steps, texts.stepsOf(integer(record.count), integer(record.capacity))],
    [texts.facts.skipped, integer(record.skipped)],
    [texts.facts.seed, setting(recipe.seed)],
    [texts.facts.intervals, setting(INTERVAL_SEED)],
    [texts.facts.parameters, parameters(run.parameters)],
  ])}
<h2>${texts.recipe}</h2>${table(texts.recipe, ['', ''], (Object.keys(fields) as (keyof RunRecipe)[]).map((field) => [nameOf(field), valueOf(recipe, field)]))}
${marks.length === 0 ? undefined : html`<h2>${texts.marks}</h2><ul>${marks.map(({ step, field, from, to }) => html`<li>${texts.mark(integer(step), nameOf(field), setting(from), setting(to))}</li>`)}</ul>`}
${alone ? html`<h2>${texts.command}</h2><p>${texts.noCommand}</p>` : html`<h2>${texts.command}</h2><p>${texts.commandNote}${marks.length === 0 ? '' : ` ${texts.commandPulled}`}${complete ? '' : ` ${texts.commandStopped(integer(record.count))}`}</p>
<pre>${commandOf(recipe, run.context)}</pre>`}
<h2>${texts.curves}</h2>${[...STRIPS, ...MORE_STRIPS].map((id) => curveSvg(record, id))}`;
}

/** As it is typed in a checkout. */
export function commandOf(recipe: RunRecipe, context: number): string {
  return `npm run -s h3 -- ${fuseArguments(recipe, context).join(' ')}`;
}

/** "λ gate loss": the weight, beside "Gate loss", the kind. */
function nameOf(field: keyof RunRecipe): string {
  const symbol = symbolOf(field);
  const name = strings.recipe.fields[field];
  return symbol === undefined ? name : `${symbol} ${name}`;
}

function valueOf(recipe: RunRecipe, field: keyof RunRecipe): string {
  const { recipe: texts } = strings;
  if (field in RECIPE_RANGES) return setting(recipe[field as RecipeNumber]);
  switch (field) {
    case 'routerInit': return texts.routerInit[recipe.routerInit];
    case 'gateLoss': return texts.gateLoss[recipe.gateLoss];
    case 'train': return texts.train[recipe.train];
    case 'routing': return texts.routing[recipe.routing];
    case 'fault': return strings.own.breaks.fault[recipe.fault];
    case 'attention': return recipe.attention ? texts.attention.trains : texts.attention.frozen;
    default: return String(recipe[field]);
  }
}
