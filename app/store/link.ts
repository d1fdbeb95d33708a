import { type AnswerModel, BASELINES, EXPERTS, type ExpertId, type SourceModel } from '../../src/engine/protocol';
import { inRange, PRESETS, RECIPE_RANGES, type RecipeNumber, type RunRecipe } from '../../src/engine/recipe';
import { RECIPE_CHOICES } from '../../src/engine/recipe_choices';
import { INSPECT_MODES, type InspectMode, SIDE_MODELS } from './inspect';
import { EMPTY_LESSON, HIDEABLE_PARTS, type Lesson, LESSON_PARTS, LESSON_SCREENS } from './lesson';
import { chartField, chartFields } from './link_chart';
import { bad, numberOf, oneOf, within } from './link_checks';
import { BIAS, NEUTRAL, type Steps, TEMPERATURE } from './steps';
import type { AnswerSettings } from './answer';
import { ANSWER_RANGES, type StudioState } from './studio';

const SOURCES = ['base', ...EXPERTS] as const;
const LONGEST_PROMPT = 2000;

/** Raised where an older link would be read otherwise. */
const VERSION = '1';

/** What a link carries: everything that decides what is seen, but no weights and no results. */
export type Linked = Pick<StudioState, 'recipe' | 'prompt' | 'watched' | 'answerSettings' | 'baseline' | 'lesson' | 'chart' | 'who'> & {
  readonly steps: Steps;
  /** Which way Inspect takes an answer apart, and who answers side by side. */
  readonly mode: InspectMode;
  readonly chosen: readonly AnswerModel[];
};

/** The part of an address after its screen: what differs from the start, so that a short state has a short link. */
export function linkOf({ recipe, prompt, watched, answerSettings, baseline, steps, lesson, mode, chosen, chart, who }: Linked, defaults: Pick<Linked, 'answerSettings' | 'chosen'>): string {
  const query = new URLSearchParams({ v: VERSION });
  for (const [field, value] of Object.entries(recipe)) {
    if (value !== PRESETS.default[field as keyof RunRecipe]) query.set(`recipe.${field}`, String(value));
  }
  for (const [field, value] of Object.entries(answerSettings)) {
    if (value !== defaults.answerSettings[field as keyof AnswerSettings]) query.set(`answer.${field}`, String(value));
  }
  // A longer one would not be read.
  for (const [field, text] of [['watched', watched], ['prompt', prompt]] as const) if (text !== '' && text.length <= LONGEST_PROMPT) query.set(field, text);
  if (baseline !== undefined) query.set('baseline', baseline);
  if (steps.muted.length > 0) query.set('step.mute', steps.muted.join(','));
  if (steps.forced !== undefined) query.set('step.force', steps.forced);
  for (const expert of EXPERTS) if (steps.bias[expert] !== 0) query.set(`step.bias.${expert}`, String(steps.bias[expert]));
  if (steps.temperature !== 1) query.set('step.temperature', String(steps.temperature));
  if (steps.topK !== undefined) query.set('step.topK', String(steps.topK));
  if (steps.layer !== undefined) query.set('step.layer', String(steps.layer));
  // Whoever has no weights here cannot be asked there.
  if (isSource(who) && who !== 'base') query.set('inspect.who', who);
  if (mode !== 'look') query.set('inspect', mode);
  if (chosen.join() !== defaults.chosen.join()) query.set('inspect.side', chosen.join(','));
  for (const [field, value] of chartFields(chart)) query.set(field, value);
  if (lesson !== undefined) lessonFields(lesson).forEach(([field, value]) => { query.set(field, value); });
  return query.toString();
}

function lessonFields({ locked, hidden, without, large }: Lesson): [field: string, value: string][] {
  const lists = [['lesson.lock', locked], ['lesson.hide', hidden], ['lesson.without', without]] as const;
  return [['lesson', '1'], ...lists.filter(([, parts]) => parts.length > 0).map(([field, parts]): [string, string] => [field, parts.join(',')]), ...(large ? [['lesson.type', 'large'] as [string, string]] : [])];
}

/**
 * What a link says, over what there is. A link that says nothing gives that back.
 * @throws Refusal 'bad-option' for a version that is not known, and for the first field that is unknown or out of range: nothing of such a link is taken.
 */
export function readLink(query: string, start: Linked): Linked {
  const fields = new URLSearchParams(query);
  if ([...fields].length === 0) return start;
  const version = fields.get('v');
  if (version !== VERSION) throw bad('v', VERSION, version ?? 'nothing', 'ask for a link from this version of the studio');
  let linked = start;
  for (const [field, value] of fields) if (field !== 'v') linked = { ...linked, ...readField(field, value, linked) };
  return linked;
}

function isSource(model: AnswerModel): model is SourceModel {
  return SOURCES.some((source) => source === model);
}

function readField(field: string, value: string, { recipe, answerSettings, steps, lesson, chart }: Linked): Partial<Linked> {
  const [group, name = '', more = ''] = field.split('.');
  switch (group) {
    case 'recipe': return { recipe: { ...recipe, ...recipeField(field, name, value) } };
    case 'answer': return { answerSettings: { ...answerSettings, ...answerField(field, name, value) } };
    case 'step': return { steps: { ...steps, ...stepField(field, name, more, value, steps) } };
    case 'inspect': return inspectField(field, name, value);
    case 'chart': return { chart: { ...chart, ...chartField(field, name, value) } };
    case 'lesson': return { lesson: { ...EMPTY_LESSON, ...lesson, ...lessonField(field, name, value) } };
    case 'watched': case 'prompt':
      if (value.length > LONGEST_PROMPT) throw bad(field, `at most ${String(LONGEST_PROMPT)} characters`, String(value.length));
      return { [group]: value };
    case 'baseline': return { baseline: oneOf(field, BASELINES, value) };
    default: throw bad(field, 'a field that links have', 'another');
  }
}

function recipeField(field: string, name: string, value: string): Partial<RunRecipe> {
  if (Object.hasOwn(RECIPE_RANGES, name)) {
    const { min, max } = RECIPE_RANGES[name as RecipeNumber];
    const number = numberOf(value);
    if (!inRange(name as RecipeNumber, number)) throw bad(field, `a number from ${String(min)} to ${String(max)}`, value);
    return { [name]: number };
  }
  if (name === 'attention') return { attention: oneOf(field, ['true', 'false'], value) === 'true' };
  if (Object.hasOwn(RECIPE_CHOICES, name)) return { [name]: oneOf<string>(field, RECIPE_CHOICES[name as keyof typeof RECIPE_CHOICES], value) };
  throw bad(field, 'a field of the recipe', name);
}

function answerField(field: string, name: string, value: string): Partial<AnswerSettings> {
  if (!Object.hasOwn(ANSWER_RANGES, name)) throw bad(field, 'a setting of the answer', name);
  const { min, max, step } = ANSWER_RANGES[name as keyof AnswerSettings];
  const number = within(field, value, min, max);
  if (step === 1 && !Number.isInteger(number)) throw bad(field, 'a whole number', value);
  return { [name]: number };
}

function stepField(field: string, name: string, more: string, value: string, { bias }: Steps): Partial<Steps> {
  switch (name) {
    case 'mute': {
      const muted = value.split(',').map((expert) => oneOf(field, EXPERTS, expert));
      if (new Set(muted).size >= EXPERTS.length) throw bad(field, 'at least one expert that is heard', value);
      return { muted };
    }
    case 'force': return { forced: oneOf(field, EXPERTS, value), muted: NEUTRAL.muted };
    case 'bias': return { bias: { ...bias, [oneOf<ExpertId>(field, EXPERTS, more)]: within(field, value, BIAS.min, BIAS.max) } };
    case 'temperature': return { temperature: within(field, value, TEMPERATURE.min, TEMPERATURE.max) };
    case 'topK': return { topK: Math.round(within(field, value, 1, EXPERTS.length)) };
    case 'layer': return { layer: Math.round(within(field, value, 1, 1000)) };
    default: throw bad(field, 'something that can be done to the router', name);
  }
}

function inspectField(field: string, name: string, value: string): Partial<Linked> {
  switch (name) {
    case 'who': return { who: oneOf(field, SOURCES, value) };
    case '': return { mode: oneOf(field, INSPECT_MODES, value) };
    case 'side': {
      const named = value === '' ? [] : value.split(',').map((model) => oneOf(field, SIDE_MODELS, model));
      return { chosen: SIDE_MODELS.filter((model) => named.includes(model)) };
    }
    default: throw bad(field, 'a way to take an answer apart', name);
  }
}

function lessonField(field: string, name: string, value: string): Partial<Lesson> {
  const listOf = <Name extends string>(known: readonly Name[]): readonly Name[] => [...new Set(value.split(',').map((one) => oneOf(field, known, one)))];
  switch (name) {
    case '': oneOf(field, ['1'], value); return {};
    case 'lock': return { locked: listOf(LESSON_PARTS) };
    case 'hide': return { hidden: listOf(HIDEABLE_PARTS) };
    case 'without': return { without: listOf(LESSON_SCREENS) };
    case 'type': return { large: oneOf(field, ['normal', 'large'], value) === 'large' };
    default: throw bad(field, 'something that lessons have', name);
  }
}
