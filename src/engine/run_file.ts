import { Refusal } from '../errors/refusal';
import type { StepMetrics } from '../train/metrics';
import { bad, json, record } from './manifest';
import { LEVERS, type Levers } from './protocol';
import { PRESETS, type RunRecipe } from './recipe';
import { numbers, parseMetrics, parseRecipe, parseSnapshot, plain } from './recorded_fields';
import { type RecordedMetrics, type RecordedSnapshot, recordedSteps, short } from './recorded_run';

/** Says what the file is, beside its version. */
const FORMAT = 'h3fusion-run';
/** Raised where an older file would be read otherwise. */
const VERSION = 1;
/** Characters of a run's name. */
export const LONGEST_NAME = 80;

/** A lever was pulled after a step. */
export interface Pulled {
  readonly step: number;
  readonly field: keyof Levers;
  readonly from: number;
  readonly to: number;
}

export interface Validated {
  readonly step: number;
  /** Mean nats per response token of held-out rows; NaN where the weights have overflowed. */
  readonly loss: number;
}

/** One run as a file: its recipe, what was done to it, its curves, its routers and its answers. No weights. */
export interface RunFile {
  readonly name: string;
  readonly recipe: RunRecipe;
  /** The run that it went on from, and after which step. */
  readonly parent?: { readonly name: string; readonly step: number };
  readonly pulled: readonly Pulled[];
  readonly validation: readonly Validated[];
  /** Of steps 1, 2, …; a router that did not report of a dataset has its last report. */
  readonly metrics: RecordedMetrics;
  readonly tokensPerSecond: readonly number[]; // (rows); NaN where no clock was kept
  /** In the order of their steps; there may be none. */
  readonly snapshots: readonly RecordedSnapshot[];
}

/** The file's text: numbers have 5 significant digits, NaN is null, a column a line. */
export function writeRunFile({ name, recipe, parent, pulled, validation, metrics, tokensPerSecond, snapshots }: RunFile): string {
  const fields = Object.keys(PRESETS.default) as (keyof RunRecipe)[];
  const head = {
    format: FORMAT, version: VERSION, name, recipe: Object.fromEntries(fields.map((field) => [field, recipe[field]])),
    ...(parent === undefined ? {} : { parent: { name: parent.name, step: parent.step } }),
    pulled: pulled.map(({ step, field, from, to }) => ({ step, field, from, to })),
    validation: validation.map(({ step, loss }) => ({ step, loss: short(loss) })),
    tokensPerSecond: tokensPerSecond.map(short),
  };
  const columns = Object.entries(metrics).map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(Array.isArray(value) ? value.map((one) => short(one as number)) : value)}`);
  const answers = snapshots.map(({ step, answers: all }) => JSON.stringify({
    step,
    answers: all.map(({ prompt, tokens }) => ({ prompt, tokens: tokens.map(({ text, shares, probabilities }) => ({ text, shares: shares.map(short), probabilities: probabilities.map(short) })) })),
  }));
  return `${JSON.stringify(head).slice(0, -1)},\n"metrics":{\n${columns.join(',\n')}},\n"snapshots":[\n${answers.join(',\n')}]}\n`;
}

/** @throws Refusal 'bad-config' that names the file and the first field which is missing or wrong. */
export function parseRunFile(text: string, file: string): RunFile {
  try {
    return parse(text, file);
  } catch (error) {
    // The manifest's words are for a site's files.
    if (error instanceof Refusal) throw new Refusal(error.code, { ...error.detail, fix: 'choose a file that this studio saved as a run' });
    throw error;
  }
}

/** The steps as the run reported them. */
export function stepsOfFile({ metrics, tokensPerSecond }: Pick<RunFile, 'metrics' | 'tokensPerSecond'>): StepMetrics[] {
  return recordedSteps({ metrics }).map((point, row) => ({ ...point, tokensPerSecond: tokensPerSecond[row] ?? NaN }));
}

function parse(text: string, file: string): RunFile {
  const root = record(json(text, file), file, 'the file');
  if (root['format'] !== FORMAT) throw bad(file, 'format', FORMAT, root['format']);
  if (root['version'] !== VERSION) throw bad(file, 'version', String(VERSION), root['version']);
  const name = plain(root['name'], file, 'name');
  if (name.trim() === '' || name.length > LONGEST_NAME) throw bad(file, 'name', `1 to ${String(LONGEST_NAME)} characters`, name);
  const recipe = parseRecipe(record(root['recipe'], file, 'recipe'), file);
  const metrics = parseMetrics(record(root['metrics'], file, 'metrics'), file);
  const rows = metrics.step.length;
  const most = recipe.steps + recipe.warmupSteps;
  if (rows > most) throw bad(file, 'metrics.step', `at most the recipe's ${String(most)} steps`, rows);
  const gap = metrics.step.findIndex((step, i) => step !== i + 1);
  if (gap >= 0) throw bad(file, `metrics.step[${String(gap)}]`, String(gap + 1), metrics.step[gap]);
  if (metrics.warmup > rows) throw bad(file, 'metrics.warmup', `at most ${String(rows)}`, metrics.warmup);
  const snapshots = items(root['snapshots'], file, 'snapshots').map((item, i) => parseSnapshot(item, metrics, file, `snapshots[${String(i)}]`));
  ascending(snapshots, rows, file, 'snapshots');
  const validation = items(root['validation'], file, 'validation').map((item, i): Validated => {
    const at = record(item, file, `validation[${String(i)}]`);
    const { loss } = at;
    // Of weights that have overflowed there is no loss; it was measured all the same.
    return { step: whole(at['step'], file, `validation[${String(i)}].step`), loss: loss === null ? NaN : number(loss, file, `validation[${String(i)}].loss`) };
  });
  ascending(validation, rows, file, 'validation');
  return {
    name, recipe, metrics, snapshots, validation, ...parentOf(root['parent'], file),
    pulled: items(root['pulled'], file, 'pulled').map((item, i) => pulledOf(item, file, `pulled[${String(i)}]`)),
    tokensPerSecond: numbers(root['tokensPerSecond'], rows, file, 'tokensPerSecond'),
  };
}

function parentOf(value: unknown, file: string): Pick<RunFile, 'parent'> {
  if (value === undefined) return {};
  const root = record(value, file, 'parent');
  return { parent: { name: plain(root['name'], file, 'parent.name').slice(0, LONGEST_NAME), step: whole(root['step'], file, 'parent.step') } };
}

function pulledOf(value: unknown, file: string, at: string): Pulled {
  const root = record(value, file, at);
  const field = LEVERS.find((lever) => lever === root['field']);
  if (field === undefined) throw bad(file, `${at}.field`, `one of ${LEVERS.join(', ')}`, root['field']);
  return { field, step: whole(root['step'], file, `${at}.step`), from: number(root['from'], file, `${at}.from`), to: number(root['to'], file, `${at}.to`) };
}

/** A list, which may be empty. */
function items(value: unknown, file: string, field: string): readonly unknown[] {
  if (!Array.isArray(value)) throw bad(file, field, 'a list', value);
  return value as readonly unknown[];
}

function ascending(all: readonly { readonly step: number }[], rows: number, file: string, field: string): void {
  const wrong = all.findIndex(({ step }, i) => step > rows || !(step > (all[i - 1]?.step ?? -1)));
  if (wrong >= 0) throw bad(file, `${field}[${String(wrong)}].step`, `steps in their order, up to ${String(rows)}`, all[wrong]?.step);
}

function whole(value: unknown, file: string, field: string): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) throw bad(file, field, 'a whole number from 0', value);
  return value;
}

function number(value: unknown, file: string, field: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw bad(file, field, 'a number', value);
  return value;
}
