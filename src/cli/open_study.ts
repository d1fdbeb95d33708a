import { createHash } from 'node:crypto';
import { dirname, join, relative, resolve } from 'node:path';
import type { Dataset } from '../data/dataset';
import { promptText } from '../data/prompt';
import { SPLIT_SEED } from '../data/split';
import type { Tokenizer } from '../data/tokenizer';
import { Refusal } from '../errors/refusal';
import type { Suite } from '../eval/suite';
import { limitSuite } from '../eval/suite_files';
import type { ModelConfig } from '../formats/hf_config';
import { isJsonMap } from '../formats/json';
import { assemble } from '../fusion/assemble';
import type { FusionRecipe } from '../fusion/recipe';
import type { LabelledRow } from '../model/batch';
import { CONTENDER_IDS } from '../study/contenders';
import { Pace } from '../study/pace';
import { MAX_NEW_TOKENS, Study, type FullData, type StudyData } from '../study/study';
import { ROWS, SUITE_SEEDS } from '../world/counts';
import { worldSuite } from '../world/suite';
import { dataRow, drawRows, TYPES } from '../world/world';
import type { Context } from './command';
import { EMBEDDED, PROJECT } from './embedded';
import { fingerprintOf } from './fingerprint';
import { recipeOf, recipeOptions } from './fusion_options';
import { notABase, openAligned, openModel, type OpenModel } from './open_model';
import { openDataset, rowOptions, splitRows } from './open_rows';
import { openSuite, requireKnownTokens } from './open_suite';
import { requireTokenizer, tokenizerOption } from './open_tokenizer';
import { bad, choice, flag, integer, named, numbers, path, type OptionSpec, type Values } from './options';
import { requireFolder } from './output';
import { fileUnits } from './study_units';

/** Of `npm run make:models`: rows a step when the embedded models were aligned, and the seed of their rows. */
const ALIGNED = { batch: 32, seed: 1 } as const;

/** What other lines of a comparison are called. */
const OTHER_ROWS: readonly string[] = ['base', 'fused', ...CONTENDER_IDS];

const { seed: _seed, ...recipeSettings } = recipeOptions;

/** What every comparison is told. */
export const studyOptions = {
  seeds: numbers([1, 2, 3], 'training seeds; scores are means over them', { min: 0 }),
  'world-seed': integer(null, 'draws fresh rows for fusion, validation and test from the small world (default: the embedded files)'),
  limit: integer(null, 'the first N rows a dataset and measure only, for a quick look', { min: 1 }),
  grid: choice(['fine', 'coarse'], 'fine', 'how finely baselines are tuned; coarse: for a quick look'),
  'max-new-tokens': integer(MAX_NEW_TOKENS, 'longest answer in tokens; the context ends it earlier', { min: 1 }),
  cache: path('DIR', relative('.', join(PROJECT, '.cache', 'study')), 'where finished parts are kept, so that an interrupted run goes on'),
  fresh: flag('takes nothing over from earlier runs'),
  base: path('DIR', EMBEDDED.base, 'the model that all were aligned from'),
  expert: named(EMBEDDED.experts, 'aligned models or adapters, by name'),
  data: named(EMBEDDED.data, 'the dataset of every expert, by the same names'),
  suite: path('DIR', dirname(EMBEDDED.suite), 'a folder with the suites "validation" and "test"'),
  template: rowOptions.template,
  tokenizer: tokenizerOption,
  ...recipeSettings,
} as const;

/** Some of a list of names, or null for all. */
export function some<const C extends string>(choices: readonly C[], help: string): OptionSpec<readonly C[] | null> {
  const read = (given: string, name: string): readonly C[] => given.split(',').map((part) => {
    const found = choices.find((known) => known === part.trim());
    if (found === undefined) throw bad(name, `some of ${choices.join(', ')}`, JSON.stringify(part.slice(0, 60)));
    return found;
  });
  return { value: 'NAME,…', fallback: null, help: `${help}: ${choices.join(', ')}`, many: true, read };
}

type StudyValues = Values<typeof studyOptions>;

export interface OpenStudy {
  readonly study: Study;
  readonly recipe: FusionRecipe;
  readonly seeds: readonly number[];
  /** How many rows of what. */
  readonly rows: { readonly fusion: Readonly<Record<string, number>>; readonly validation: SuiteCounts; readonly test: SuiteCounts };
  readonly close: () => void;
}

type SuiteCounts = Readonly<Record<keyof Suite, number>>;

/** Reads and checks everything, then opens the GPU. Ctrl-C ends the study after the step it is in. */
export async function openStudy(label: string, values: StudyValues, context: Context): Promise<OpenStudy> {
  const { seeds, expert, data } = values;
  requireFolder('cache', values.cache);
  const twice = seeds.find((seed, i) => seeds.indexOf(seed) !== i);
  if (twice !== undefined) throw bad('seeds', 'each seed once', `${twice} twice`);
  const names = [...expert.keys()];
  if (names.length < 2) throw bad('expert', 'at least two experts', String(names.length));
  const taken = names.find((name) => OTHER_ROWS.includes(name));
  if (taken !== undefined) throw bad('expert', `other names than ${OTHER_ROWS.join(', ')}`, taken, 'call it otherwise, in --data too');
  if (data.size !== names.length || !names.every((name) => data.has(name))) {
    throw bad('data', `a dataset for each expert: ${names.join(', ')}`, [...data.keys()].join(', '), 'give both the same names');
  }
  const worldTypes = names.every((name) => TYPES.some((type) => type === name));
  if (values['world-seed'] !== null && !worldTypes) throw bad('world-seed', `experts called ${TYPES.join(', ')}`, names.join(', '), 'leave it out');
  const base = await openModel(values.base, context);
  const recipe = recipeOf({ ...values, seed: 1 }, names.length, base.host.config.context);
  if (base.adapter !== undefined) throw notABase(values.base);
  const opened: OpenModel[] = [];
  for (const [name, place] of expert) opened.push(await openAligned(place, base, name, context));
  const host = { ...base.host, name: 'base' };
  const aligned = opened.map((model) => model.host);
  const { config } = assemble(host, aligned, recipe);
  const { tokenizer, files: tokenizerFiles } = await requireTokenizer(base, values.tokenizer, 'give --tokenizer');
  const rows = await fusionRows(names, values, { tokenizer, config });
  const suites = await openSuites(values, context);
  for (const split of ['validation', 'test'] as const) {
    requireMeasures(suites[split], values['world-seed'] === null ? join(values.suite, split) : `${split} of world ${values['world-seed']}`);
    requireKnownTokens(suites[split], tokenizer, config);
  }
  const full = isMade(values) ? fullData(names, opened, { tokenizer, config }) : undefined;
  const identity = hashOf([
    // Of the sources: scripts/h3.mjs. Tests, which start anew, do without.
    process.env.H3_SOURCES ?? '', JSON.stringify(names), ...[host, ...aligned].flatMap((model) => [JSON.stringify(model.config), fingerprintOf(model)]),
    ...[...tokenizerFiles].flat(), rowsText(rows), rowsText(full?.rows ?? []), JSON.stringify([full?.steps, full?.batch, suites]),
  ]);
  const read: StudyData = { identity, base: host, aligned, tokenizer, rows, suites, ...(full === undefined ? {} : { full }) };

  const gpu = await context.gpu();
  const progress = context.progress(label);
  const pace = new Pace((done, total, note) => { progress.show(done, total, note); });
  const study = new Study(gpu, read, {
    units: fileUnits(values.cache, values.fresh), pace, signal: context.interrupted(), level: values.grid, maxNewTokens: values['max-new-tokens'],
  });
  const fusion = Object.fromEntries(names.map((name, label) => [name, rows.filter((row) => row.label === label).length]));
  return {
    study, seeds, recipe, rows: { fusion, validation: counts(suites.validation), test: counts(suites.test) },
    close: () => {
      study.dispose();
      progress.end();
    },
  };
}

interface Reading {
  readonly tokenizer: Tokenizer;
  readonly config: ModelConfig;
}

/** As `h3 fuse` and the studio take them: what the split by hash holds out is not trained on. */
async function fusionRows(names: readonly string[], values: StudyValues, reading: Reading): Promise<LabelledRow[]> {
  const rows: LabelledRow[] = [];
  for (const [label, name] of names.entries()) {
    const seed = values['world-seed'];
    const dataset = seed === null ? await openDataset(values.data.get(name) ?? '', values.template) : worldDataset(name, ROWS.fuse, seed);
    rows.push(...splitRows(dataset, 'train', { ...reading, maxLength: Infinity, seed: SPLIT_SEED, label, limit: values.limit }).rows);
  }
  return rows;
}

async function openSuites(values: StudyValues, context: Context): Promise<Record<'validation' | 'test', Suite>> {
  const { limit, suite: folder, template, 'world-seed': seed } = values;
  const open = async (split: 'validation' | 'test'): Promise<Suite> => {
    if (seed === null) return (await openSuite([join(folder, split)], { template, limit }, context)).suite;
    const suite = worldSuite(split, seed + SUITE_SEEDS[split], ROWS[split]);
    return limit === null ? suite : limitSuite(suite, limit);
  };
  return { validation: await open('validation'), test: await open('test') };
}

/** Without one of the three there is no HHH, and the first evaluation would say so only after a training. */
function requireMeasures({ helpful, harmless, honest }: Suite, place: string): void {
  const lacking = helpful.length === 0 ? 'helpful' : !harmless.some(({ harmful }) => harmful) ? 'harmless' : honest.length === 0 ? 'honest' : undefined;
  if (lacking === undefined) return;
  throw new Refusal('empty-dataset', {
    file: join(place, `${lacking}.json`), expected: lacking === 'harmless' ? 'at least one harmful request' : 'at least one row', got: 'none',
    fix: 'a comparison needs helpful, harmless and honest rows: give a suite with all three',
  });
}

function worldDataset(name: string, count: number, seed: number): Dataset {
  const type = TYPES.find((known) => known === name) ?? TYPES[0];
  const rows = drawRows(type, 'train', count, seed).map(dataRow);
  return {
    file: `${name} rows of world ${seed}`, format: 'json', unsafe: 0,
    rows: rows.map(({ prompt, response }, i) => ({ prompt: promptText({ instruction: prompt }, 'plain'), response, line: i + 1 })),
  };
}

/** The embedded models: what they were aligned on is known. */
function isMade({ base, expert, limit }: StudyValues): boolean {
  const same = (place: string, embedded: string | undefined): boolean => embedded !== undefined && resolve(place) === resolve(embedded);
  return limit === null && same(base, EMBEDDED.base) && [...expert].every(([name, place]) => same(place, EMBEDDED.experts.get(name)));
}

/** Throws a Refusal 'bad-option' where joint training on all rows is asked for, and they are not known. */
export function requireFullData(only: readonly string[] | null, values: StudyValues): void {
  if (only?.includes('joint-full') !== true || isMade(values)) return;
  throw bad('only', 'joint-full with the embedded models and without --limit alone, whose rows are all known', only.join(','), 'leave it out');
}

/** Undefined where a model does not say for how many steps it was aligned. */
function fullData(names: readonly string[], aligned: readonly OpenModel[], reading: Reading): FullData | undefined {
  const steps = aligned.map(({ files: { rawConfig } }) => {
    const facts = rawConfig.get('h3fusion');
    const done = isJsonMap(facts) ? facts.get('stepsDone') : undefined;
    return typeof done === 'number' ? done : NaN;
  }).reduce((sum, done) => sum + done, 0);
  if (!(steps > 0)) return undefined;
  const rows = names.flatMap((name, label) => {
    const type = TYPES.find((known) => known === name) ?? TYPES[0];
    return splitRows(worldDataset(name, ROWS.align[type], ALIGNED.seed), 'train', { ...reading, maxLength: Infinity, seed: SPLIT_SEED, label }).rows;
  });
  return { rows, steps, batch: ALIGNED.batch };
}

function rowsText(rows: readonly LabelledRow[]): string {
  return rows.map(({ ids, promptLength, label }) => `${ids.join(' ')} ${promptLength} ${label}`).join('\n');
}

function hashOf(parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part.length} `).update(part);
  return hash.digest('hex');
}

function counts({ helpful, harmless, honest }: Suite): SuiteCounts {
  return { helpful: helpful.length, harmless: harmless.length, honest: honest.length };
}
