import { bad, list, record } from './manifest';
import { RECIPE_CHOICES } from './recipe_choices';
import { inRange, RECIPE_RANGES, type RecipeNumber, type RunRecipe } from './recipe';
import type { RecordedAnswer, RecordedMetrics, RecordedSnapshot, RecordedToken } from './recorded_run';

const ONE_A_ROW = ['step', 'loss', 'lm', 'gate', 'learningRate', 'gradientNorm', 'tokens', 'skipped', 'entropy', 'accuracy'] as const;

/** @throws Refusal 'bad-config', as all of these, that names the first field which is missing or wrong. */
export function parseRecipe(root: Record<string, unknown>, file: string): RunRecipe {
  const numbers = Object.fromEntries((Object.keys(RECIPE_RANGES) as RecipeNumber[]).map((field) => {
    const value = root[field];
    const { min, max, integer } = RECIPE_RANGES[field];
    if (typeof value === 'number' && inRange(field, value)) return [field, value];
    throw bad(file, `recipe.${field}`, `a ${integer ? 'whole ' : ''}number from ${String(min)} to ${String(max)}`, value);
  })) as Pick<RunRecipe, RecipeNumber>;
  const choice = <K extends keyof typeof RECIPE_CHOICES>(field: K): RunRecipe[K] => {
    const found = RECIPE_CHOICES[field].find((known) => known === root[field]);
    if (found === undefined) throw bad(file, `recipe.${field}`, `one of ${RECIPE_CHOICES[field].join(', ')}`, root[field]);
    return found;
  };
  const { attention } = root;
  if (typeof attention !== 'boolean') throw bad(file, 'recipe.attention', 'true or false', attention);
  return {
    ...numbers, attention, routing: choice('routing'), routerInit: choice('routerInit'), gateLoss: choice('gateLoss'), train: choice('train'),
    // What was recorded before there were faults has none.
    fault: root['fault'] === undefined ? 'none' : choice('fault'),
  };
}

export function parseMetrics(root: Record<string, unknown>, file: string): RecordedMetrics {
  const whole = (name: string, least: number): number => {
    const value = root[name];
    if (typeof value === 'number' && Number.isInteger(value) && value >= least) return value;
    throw bad(file, `metrics.${name}`, `a whole number from ${String(least)}`, value);
  };
  const [layers, datasets, experts, warmup] = [whole('layers', 1), whole('datasets', 1), whole('experts', 1), whole('warmup', 0)];
  const rows = list(root['step'], file, 'metrics.step').length;
  const column = (name: string, each = 1): number[] => numbers(root[name], rows * each, file, `metrics.${name}`);
  const single = Object.fromEntries(ONE_A_ROW.map((name) => [name, column(name)])) as unknown as Pick<RecordedMetrics, (typeof ONE_A_ROW)[number]>;
  requireAscending(single.step, file, (i) => `metrics.step[${String(i)}]`);
  const size = layers * datasets * experts;
  return {
    layers, datasets, experts, warmup, ...single, drift: column('drift', experts), load: column('load', size), probability: column('probability', size),
  };
}

export function parseSnapshot(item: unknown, { layers, experts }: RecordedMetrics, file: string, at: string): RecordedSnapshot {
  const root = record(item, file, at);
  const { step } = root;
  if (typeof step !== 'number' || !Number.isInteger(step) || step < 0) throw bad(file, `${at}.step`, 'a whole number from 0', step);
  const answers = list(root['answers'], file, `${at}.answers`).map((entry, i): RecordedAnswer => {
    const here = `${at}.answers[${String(i)}]`;
    const { prompt, tokens } = record(entry, file, here);
    if (!Array.isArray(tokens)) throw bad(file, `${here}.tokens`, 'a list', tokens);
    return {
      prompt: plain(prompt, file, `${here}.prompt`),
      tokens: tokens.map((token: unknown, t): RecordedToken => {
        const field = `${here}.tokens[${String(t)}]`;
        const { text, shares, probabilities } = record(token, file, field);
        return {
          text: plain(text, file, `${field}.text`),
          shares: numbers(shares, layers * experts, file, `${field}.shares`),
          probabilities: numbers(probabilities, layers * experts, file, `${field}.probabilities`),
        };
      }),
    };
  });
  return { step, answers };
}

/** So many numbers; null is NaN. */
export function numbers(value: unknown, count: number, file: string, field: string): number[] {
  if (!Array.isArray(value) || value.length !== count) {
    throw bad(file, field, `${String(count)} numbers`, Array.isArray(value) ? String(value.length) : value);
  }
  return value.map((item: unknown, i) => {
    if (item === null) return NaN;
    if (typeof item !== 'number') throw bad(file, `${field}[${String(i)}]`, 'a number or null', item);
    return item;
  });
}

export function plain(value: unknown, file: string, field: string): string {
  if (typeof value !== 'string') throw bad(file, field, 'text', value);
  return value;
}

export function requireAscending(steps: readonly number[], file: string, field: (index: number) => string): void {
  const wrong = steps.findIndex((step, i) => !(step > (steps[i - 1] ?? -1)));
  if (wrong >= 0) throw bad(file, field(wrong), 'steps in their order', steps[wrong]);
}
