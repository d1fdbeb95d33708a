import { microBatchOf } from '../../engine/recipe';
import { Refusal } from '../../errors/refusal';
import { writeModel } from '../../formats/model_files';
import { writeAdapter, type LoraPair } from '../../formats/peft';
import { writeDirectory } from '../../headless/directory';
import { downloadAdapters, downloadMerged } from '../../model/merge';
import type { TrainingPolicy } from '../../model/policy';
import { DenseRun } from '../../train/dense_run';
import { NO_ROUTER_LOSSES, type TrainingRecipe } from '../../train/recipe';
import { command } from '../command';
import { EMBEDDED } from '../embedded';
import { fingerprintOf } from '../fingerprint';
import { measure } from '../measure';
import { notABase, openModel } from '../open_model';
import { heldOutRows, openDataset, rowOptions, splitRows } from '../open_rows';
import { requireTokenizer, tokenizerOption } from '../open_tokenizer';
import { choice, integer, number, path } from '../options';
import { requireOutputFolder } from '../output';
import { TrainingLog } from '../training_log';
import { batchOption, BETAS, stepsOf, trainingOptions } from '../training_options';

const EPOCHS = 3;
/** Held-out rows that are measured before and after, at most. */
const MEASURED = 128;
const LEARNING_RATE = { lora: 5e-4, full: 1e-3 } as const;

export const alignCommand = command({
  name: 'align',
  summary: 'trains the FFN of a base on one dataset\'s responses: a LoRA adapter, or a whole model',
  examples: [
    'align --base models/story --data helpful/alpaca.json --out aligned/helpful --max-length 128',
    'align --base models/story --data harmless/beavertails_safe.jsonl --out aligned/harmless --mode full --steps 300 --batch 16',
  ],
  options: {
    base: path('DIR', EMBEDDED.base, 'the model to align'),
    data: path('FILE', EMBEDDED.data.get('helpful') ?? '', 'Alpaca JSON, BeaverTails JSONL, TruthfulQA CSV, or any prompt and response'),
    out: path('DIR', 'out/aligned', 'the adapter or model to write; metrics.jsonl beside it'),
    mode: choice(['lora', 'full'], 'lora', 'low-rank adapters, or the FFN\'s own weights'),
    rank: integer(8, 'of the adapters', { min: 1, max: 4096 }),
    alpha: number(16, 'the adapters\' update is scaled by alpha / rank', { min: 1e-6 }),
    dropout: number(0.1, 'share of the adapters\' inputs dropped in training', { max: 0.99 }),
    steps: integer(null, `optimiser steps (default: ${EPOCHS} passes over the rows)`),
    batch: batchOption(16),
    lr: number(null, `peak learning rate (default ${LEARNING_RATE.lora} for lora, ${LEARNING_RATE.full} for full)`),
    'weight-decay': number(0, 'of AdamW'),
    limit: integer(null, 'trains on the first N rows only', { min: 1 }),
    ...rowOptions,
    tokenizer: tokenizerOption,
    ...trainingOptions,
  },
  run: async (values, context) => {
    const { base: directory, mode, out, batch, rank, alpha, dropout, seed } = values;
    const base = await openModel(directory, context);
    if (base.adapter !== undefined) throw notABase(directory);
    const { config } = base.host;
    if (config.experts > 1) throw notDense(directory, config.experts);
    const opened = await requireTokenizer(base, values.tokenizer, 'give --tokenizer');
    const dataset = await openDataset(values.data, values.template);
    const rules = { tokenizer: opened.tokenizer, config, maxLength: values['max-length'], seed: values['split-seed'] };
    const { rows, dropped } = splitRows(dataset, 'train', { ...rules, limit: values.limit });
    const heldOut = new Map([['validation', heldOutRows(dataset, { ...rules, limit: MEASURED })]]);
    requireOutputFolder(out, mode === 'lora' ? 'adapter' : 'model', [directory]);

    const recipe: TrainingRecipe = {
      steps: values.steps ?? stepsOf(rows.length, batch, EPOCHS), warmupSteps: 0,
      batch, microBatch: microBatchOf(batch, values['micro-batch']),
      learningRate: values.lr ?? LEARNING_RATE[mode], weightDecay: values['weight-decay'], clip: values.clip,
      ...BETAS, losses: NO_ROUTER_LOSSES, seed,
    };
    const ffn = mode === 'lora' ? { kind: 'lora', rank, alpha, dropout } as const : { kind: 'full' } as const;
    const policy: TrainingPolicy = { ffn, router: false, attention: false, norms: false, embeddings: false };
    const log = new TrainingLog(out, context);
    const run = await DenseRun.create(await context.gpu(), base.host, rows, policy, recipe, { onMetrics: log.onMetrics });
    try {
      const { validation: before } = await measure(run.store, heldOut, context, 'loss before');
      const reached = await log.run(run.trainer, 'align');
      const fingerprint = fingerprintOf(base.host);
      const facts = { made: 'align', base: fingerprint, stepsDone: reached.steps, stopped: reached.stopped };
      await log.requireFinite(reached, run.store);
      await writeDirectory(out, mode === 'lora'
        ? writeAdapter({ rank, alpha, dropout, tensors: modules(await downloadAdapters(run.store)), base: directory, fingerprint })
        : new Map([...writeModel(config, await downloadMerged(run.store), { facts }), ...opened.files]));
      log.requireSuccess(reached);
      const { validation: after } = await measure(run.store, heldOut, context, 'loss after');
      const loss = reached.last?.lm ?? null;
      return {
        json: {
          out, mode, steps: reached.steps, stopped: reached.stopped, loss,
          validation: { before, after, rows: heldOut.get('validation')?.length ?? 0 },
          rows: rows.length, dropped, metrics: log.path, seconds: reached.seconds,
        },
        text: `${out}: ${reached.steps} steps on ${rows.length} rows (${dropped} dropped); `
          + `held-out loss ${before?.toFixed(4) ?? 'none'} → ${after?.toFixed(4) ?? 'none'}`,
      };
    } finally {
      run.dispose();
    }
  },
});

function notDense(file: string, experts: number): Refusal {
  return new Refusal('mismatched-models', { file, expected: 'a dense base', got: `${experts} experts`, fix: 'align before fusing' });
}

/** By module, as PEFT names them, in place of the module's weight. */
function modules(adapters: ReadonlyMap<string, LoraPair>): Map<string, LoraPair> {
  return new Map([...adapters].map(([weight, pair]) => [weight.replace(/\.weight$/, ''), pair]));
}
