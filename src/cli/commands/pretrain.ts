import { selectSplit, type Split } from '../../data/split';
import type { EncodedRow } from '../../data/rows';
import { microBatchOf } from '../../engine/recipe';
import { Refusal } from '../../errors/refusal';
import { parseConfig } from '../../formats/hf_config';
import { writeModel } from '../../formats/model_files';
import { readBytes, writeDirectory } from '../../headless/directory';
import type { LabelledRow } from '../../model/batch';
import { initialWeights } from '../../model/initial_weights';
import { downloadMerged } from '../../model/merge';
import { parameterCount } from '../../model/parameters';
import { EVERYTHING } from '../../model/policy';
import { DenseRun } from '../../train/dense_run';
import { NO_ROUTER_LOSSES, type TrainingRecipe } from '../../train/recipe';
import { command } from '../command';
import { packDocuments, readDocuments, singleDocuments, type TextDocument } from '../documents';
import { EMBEDDED } from '../embedded';
import { measure } from '../measure';
import { rowOptions, strangerToken } from '../open_rows';
import { readTokenizer } from '../open_tokenizer';
import { choice, integer, number, path, paths } from '../options';
import { requireOutputFolder } from '../output';
import { TrainingLog } from '../training_log';
import { batchOption, BETAS, stepsOf, trainingOptions } from '../training_options';

/** Held-out rows that are measured, at most: enough to tell, and quick. */
const MEASURED = 64;
/** 4 GiB of start values, before gradients and moments: no GPU that WebGPU reaches trains more. */
const MOST_PARAMETERS = 2 ** 30;

export const pretrainCommand = command({
  name: 'pretrain',
  summary: 'trains a base model from scratch, on every token of some texts',
  examples: ['pretrain --data corpus.txt rows.jsonl --config config.json --tokenizer words --out models/base --steps 2000 --lr 4e-3'],
  options: {
    data: paths([...EMBEDDED.data.values()], 'texts: plain with blank lines between documents, or the rows of JSON, JSONL and CSV'),
    config: path('FILE', EMBEDDED.config, 'config.json of a Llama'),
    tokenizer: path('PATH', EMBEDDED.tokenizer, 'tokenizer.json or its folder'),
    out: path('DIR', 'out/base', 'the model to write; metrics.jsonl beside it'),
    steps: integer(null, 'optimiser steps (default: one pass over the data)'),
    batch: batchOption(32),
    lr: number(2e-3, 'peak learning rate'),
    'weight-decay': number(0.1, 'of AdamW'),
    'max-length': integer(128, 'tokens a row, at most the model\'s context', { min: 2 }),
    pack: choice(['packed', 'single'], 'packed', 'documents one after another in full rows, or each a row of its own'),
    template: rowOptions.template,
    'split-seed': rowOptions['split-seed'],
    ...trainingOptions,
  },
  run: async (values, context) => {
    const { config: configFile, out, batch, seed } = values;
    const config = parseConfig(new TextDecoder().decode(await readBytes(configFile)), configFile);
    if (config.experts > 1) throw notDense(configFile, config.experts);
    if (parameterCount(config) > MOST_PARAMETERS) throw tooLarge(configFile, parameterCount(config));
    const { tokenizer, files } = await readTokenizer(values.tokenizer, config);
    if (tokenizer.vocab > config.vocab) throw strangerToken(tokenizer.vocab - 1, config.vocab, tokenizer.file);
    const documents: TextDocument[] = [];
    for (const file of values.data) for (const document of await readDocuments(file, values.template)) documents.push(document);
    const length = Math.min(values['max-length'], config.context);
    const encode = values.pack === 'packed' ? packDocuments : singleDocuments;
    const rowsOf = (split: Split): LabelledRow[] => {
      const side = selectSplit(documents, split, values['split-seed']).map(({ text }) => text);
      return labelled(encode(side, tokenizer, length));
    };
    const rows = rowsOf('train');
    if (rows.length === 0) throw noDocuments(values.data);
    const validationRows = new Map([['validation', rowsOf('validation').slice(0, MEASURED)]]);
    requireOutputFolder(out, 'model', [configFile, values.tokenizer]);

    const steps = values.steps ?? stepsOf(rows.length, batch, 1);
    const recipe: TrainingRecipe = {
      steps, warmupSteps: 0, batch, microBatch: microBatchOf(batch, values['micro-batch']), learningRate: values.lr,
      weightDecay: values['weight-decay'], clip: values.clip, ...BETAS, losses: NO_ROUTER_LOSSES, seed,
    };
    const log = new TrainingLog(out, context);
    const start = { name: 'base', config, weights: initialWeights(config, seed) };
    const run = await DenseRun.create(await context.gpu(), start, rows, EVERYTHING, recipe, { onMetrics: log.onMetrics });
    try {
      const reached = await log.run(run.trainer, 'pretrain');
      await log.requireFinite(reached, run.store);
      const weights = await downloadMerged(run.store);
      const facts = { made: 'pretrain', stepsDone: reached.steps, stopped: reached.stopped };
      await writeDirectory(out, new Map([...writeModel(config, weights, { facts }), ...files]));
      log.requireSuccess(reached);
      const { validation } = await measure(run.store, validationRows, context, 'loss');
      const loss = reached.last?.lm ?? null;
      return {
        json: {
          out, steps: reached.steps, stopped: reached.stopped, loss, validation, parameters: parameterCount(config),
          documents: documents.length, rows: rows.length, metrics: log.path, seconds: reached.seconds,
        },
        text: `${out}: ${reached.steps} steps on ${rows.length} rows, loss ${loss?.toFixed(4) ?? 'none'}, `
          + `held out ${validation?.toFixed(4) ?? 'nothing'}`,
      };
    } finally {
      run.dispose();
    }
  },
});

function notDense(file: string, experts: number): Refusal {
  return new Refusal('bad-config', {
    file, field: 'architectures', expected: 'a dense Llama', got: `${experts} experts`, fix: 'fuse experts after training',
  });
}

function tooLarge(file: string, parameters: number): Refusal {
  return new Refusal('bad-config', {
    file, expected: `at most ${MOST_PARAMETERS} parameters`, got: String(parameters), fix: 'pretrain a smaller model',
  });
}

function noDocuments(files: readonly string[]): Refusal {
  return new Refusal('empty-dataset', { file: files.join(', '), expected: 'documents to train on', got: 'none', fix: 'give more text' });
}

/** Rows with something to predict. */
function labelled(rows: readonly EncodedRow[]): LabelledRow[] {
  return rows.filter(({ ids }) => ids.length > 1).map((row) => ({ ...row, label: 0 }));
}
