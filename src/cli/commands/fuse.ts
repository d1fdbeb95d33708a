import { MAX_EXPERTS } from '../../formats/hf_config';
import { assemble, type HostModel } from '../../fusion/assemble';
import type { FusionRecipe } from '../../fusion/recipe';
import { writeModel } from '../../formats/model_files';
import { writeDirectory } from '../../headless/directory';
import type { Gpu } from '../../gpu/gpu';
import { parameterCount } from '../../model/parameters';
import { downloadMerged } from '../../model/merge';
import { FusionRun } from '../../train/fusion_run';
import { command, type Context } from '../command';
import { EMBEDDED } from '../embedded';
import { fingerprintOf } from '../fingerprint';
import { recipeOf, recipeOptions } from '../fusion_options';
import { meanLoss, measure, withStore, type NamedLosses, type NamedRows } from '../measure';
import { notABase, openAligned, openModel, type OpenModel } from '../open_model';
import { heldOutRows, openDataset, rowOptions, splitRows, type RowRules, type TemplateChoice } from '../open_rows';
import { requireTokenizer, tokenizerOption } from '../open_tokenizer';
import { bad, flag, integer, named, path } from '../options';
import { requireOutputFolder } from '../output';
import { TrainingLog, type Reached } from '../training_log';

export const fuseCommand = command({
  name: 'fuse',
  summary: 'joins models aligned from one base into a mixture of experts and fine-tunes it',
  examples: [
    'fuse --base models/story --expert helpful=aligned/helpful,harmless=aligned/harmless,honest=aligned/honest '
    + '--data helpful=alpaca.json,harmless=beavertails_safe.jsonl,honest=TruthfulQA.csv --max-length 128 --out fused --compare',
    'fuse --train router --routing sequence --steps 60 --out fused --json',
  ],
  options: {
    base: path('DIR', EMBEDDED.base, 'the model that all were aligned from'),
    expert: named(EMBEDDED.experts, 'aligned models or adapters, by name'),
    data: named(EMBEDDED.data, 'the dataset of every expert, by the same names'),
    out: path('DIR', 'out/fused', 'the model to write; metrics.jsonl beside it'),
    limit: integer(null, 'trains on the first N rows a dataset only', { min: 1 }),
    ...recipeOptions,
    ...rowOptions,
    tokenizer: tokenizerOption,
    compare: flag('measures base and aligned models too'),
  },
  run: async (values, context) => {
    const { base: directory, expert: places, data, out } = values;
    requireSameNames(places, data);
    const recipe = recipeOf(values, places.size, values['max-length']);
    const base = await openModel(directory, context);
    if (base.adapter !== undefined) throw notABase(directory);
    const experts: OpenModel[] = [];
    for (const [name, place] of places) experts.push(await openAligned(place, base, name, context));
    const input = { base: { ...base.host, name: 'base' }, experts: experts.map(({ host }) => host), recipe };
    const { config } = assemble(input.base, input.experts, recipe);
    const opened = await requireTokenizer(base, values.tokenizer, 'give --tokenizer');
    const rules: RowRules = { tokenizer: opened.tokenizer, config, maxLength: values['max-length'], seed: values['split-seed'] };
    const { rows, counts, heldOut } = await readRows(data, [...places.keys()], values, rules);
    requireOutputFolder(out, 'model', [directory, ...places.values()]);

    const gpu = await context.gpu();
    const log = new TrainingLog(out, context);
    const start = context.progress('router start');
    const run = await FusionRun.create(gpu, { ...input, rows }, {
      onMetrics: log.onMetrics, onRouterInit: (done, total) => { start.show(done, total); },
    });
    start.end();
    try {
      const reached = await log.run(run.trainer, 'fuse');
      await log.requireFinite(reached, run.store);
      const weights = await downloadMerged(run.store);
      const made = { ...facts(recipe, reached), base: fingerprintOf(input.base) };
      await writeDirectory(out, new Map([...writeModel(config, weights, { facts: made }), ...opened.files]));
      log.requireSuccess(reached);
      const loss = await measure(run.store, heldOut, context, 'loss of the fused model');
      const compare = values.compare ? await compared(gpu, [input.base, ...input.experts], heldOut, context) : undefined;
      const { warmupSteps } = recipe;
      return {
        json: {
          out, steps: Math.max(reached.steps - warmupSteps, 0), warmupSteps: Math.min(reached.steps, warmupSteps), stopped: reached.stopped,
          loss, meanLoss: meanLoss(loss), ...(compare === undefined ? {} : { compare }),
          rows: counts, parameters: parameterCount(config), metrics: log.path, seconds: reached.seconds,
        },
        text: `${out}: ${reached.steps} steps${reached.stopped ? ' (stopped)' : ''}; held-out loss in nats per response token:\n`
          + table({ ...compare, fused: loss }),
      };
    } finally {
      run.dispose();
    }
  },
});

function requireSameNames(experts: ReadonlyMap<string, string>, data: ReadonlyMap<string, string>): void {
  const names = [...experts.keys()];
  if (names.length < 2) throw bad('expert', 'at least two experts', String(names.length));
  if (names.length > MAX_EXPERTS) {
    throw bad('expert', `at most ${MAX_EXPERTS} experts, as many as the router chooses from`, String(names.length), 'leave some out');
  }
  const same = data.size === experts.size && names.every((name) => data.has(name));
  if (!same) throw bad('data', `a dataset for each expert: ${names.join(', ')}`, [...data.keys()].join(', '), 'give both the same names');
}

interface RowCount {
  readonly train: number;
  readonly validation: number;
  readonly dropped: number;
}

/** Rows of every dataset, labelled by the place of its expert. */
async function readRows(
  data: ReadonlyMap<string, string>, names: readonly string[],
  { template, limit }: { readonly template: TemplateChoice; readonly limit: number | null }, rules: RowRules,
) {
  const rows = [];
  const heldOut: [string, ReturnType<typeof heldOutRows>][] = [];
  const counts: [string, RowCount][] = [];
  for (const [label, name] of names.entries()) {
    const dataset = await openDataset(data.get(name) ?? '', template);
    const train = splitRows(dataset, 'train', { ...rules, label, limit });
    const validation = heldOutRows(dataset, { ...rules, label });
    for (const row of train.rows) rows.push(row);
    heldOut.push([name, validation]);
    counts.push([name, { train: train.rows.length, validation: validation.length, dropped: train.dropped }]);
  }
  return { rows, counts: Object.fromEntries(counts), heldOut: new Map(heldOut) };
}

async function compared(gpu: Gpu, models: readonly HostModel[], rows: NamedRows, context: Context): Promise<Record<string, NamedLosses>> {
  const results: [string, NamedLosses][] = [];
  for (const model of models) {
    results.push([model.name, await withStore(gpu, model, (store) => measure(store, rows, context, `loss of ${model.name}`))]);
  }
  return Object.fromEntries(results);
}

/** What config.json says under h3fusion about how the model came to be; no paths. */
function facts(recipe: FusionRecipe, { steps, stopped }: Reached) {
  const { microBatch: _, ...kept } = recipe;
  return { made: 'fuse', recipe: kept, stepsDone: steps, stopped };
}

function table(models: Readonly<Record<string, NamedLosses>>): string {
  const names = Object.keys(models);
  const datasets = Object.keys(models['fused'] ?? {});
  const cell = (value: number | null | undefined): string => (value === null || value === undefined ? '–' : value.toFixed(4));
  const lines = [['', ...datasets, 'mean'], ...names.map((name) => {
    const losses = models[name] ?? {};
    return [name, ...datasets.map((dataset) => cell(losses[dataset])), cell(meanLoss(losses))];
  })];
  const widths = lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? [];
  const pad = (word: string, column: number): string => (column === 0 ? word.padEnd(widths[0] ?? 0) : word.padStart(widths[column] ?? 0));
  return lines.map((line) => line.map(pad).join('  ')).join('\n');
}
