import { expect, test } from 'vitest';
import { RECIPE_RANGES } from '../../src/engine/recipe';
import { ANSWER_RANGES } from '../store/studio';
import { strings } from '../strings';
import { EXPLAINED_BY, helpMore } from './help_more';

const { train, recipe, tokens, step, evaluate, fuse, watch, help, inspect } = strings;

/** Labels under which a number or a column of numbers stands on screen. A new number's label is added by its group. */
const LABELS: Readonly<Record<string, readonly string[]>> = {
  'strips of the run': Object.values(train.strips).map(({ plain }) => plain),
  'this machine': (({ title: _t, recorded: _r, note: _n, adapter: _a, keptIs: _k, none: _o, ...labels }) => Object.values(labels))(train.machine),
  recipe: [...Object.keys(RECIPE_RANGES).map((field) => recipe.fields[field as keyof typeof RECIPE_RANGES]), recipe.fields.topK],
  'settings of the answer': Object.keys(ANSWER_RANGES).map((field) => watch[field as keyof typeof ANSWER_RANGES]),
  'pinned cell': (({ expert: _, ...labels }) => Object.values(labels))(tokens.table),
  'step in': [step.temperature, step.topK],
  heatmap: [inspect.legend],
  ledger: [fuse.ledger.head[1], fuse.ledger.head[3], fuse.ledger.drifted],
  scores: [...Object.values(evaluate.measures), ...Object.values(evaluate.details)],
};

const ENTRIES = [...help.numbers, ...helpMore.flatMap(({ numbers }) => numbers)];
const NAMES = new Set<string>(ENTRIES.map(([name]) => name));

test.each(Object.entries(LABELS))('every number of %s is explained in the help', (_, labels) => {
  expect(labels.length).toBeGreaterThan(0);
  expect(labels.filter((label) => !NAMES.has(label) && !NAMES.has(EXPLAINED_BY[label] ?? ''))).toEqual([]);
});

test('every entry has a name of its own, a formula and a sentence', () => {
  expect(NAMES.size).toBe(ENTRIES.length);
  for (const [name, formula, meaning] of ENTRIES) {
    expect(formula, name).not.toBe('');
    expect(meaning, name).toMatch(/[.?]$/);
  }
});

test('no label leads to an entry that is not there', () => {
  expect(Object.values(EXPLAINED_BY).filter((name) => !NAMES.has(name))).toEqual([]);
});
