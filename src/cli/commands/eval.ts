import { basename, dirname } from 'node:path';
import { Refusal } from '../../errors/refusal';
import { EVALUATION, type SuiteResult } from '../../eval/evaluate';
import { DEFAULT_BATCH } from '../../eval/model_answerer';
import { writeDirectory } from '../../headless/directory';
import { command, type Context } from '../command';
import { EMBEDDED } from '../embedded';
import { measureDrift } from '../eval_drift';
import { evaluateModel, type EvalSettings, type ModelResult, type TokenizedModel } from '../eval_model';
import { evalTable } from '../eval_table';
import { withStore } from '../measure';
import { baseOption } from '../open_model';
import { openModels } from '../open_models';
import { openSuite, requireKnownTokens } from '../open_suite';
import { requireTokenizer, tokenizerOption } from '../open_tokenizer';
import { bad, choice, flag, integer, named, path, paths } from '../options';
import { requireOutputFile } from '../output';

const MODELS = [`base=${EMBEDDED.base}`, ...[...EMBEDDED.experts].map(([name, directory]) => `${name}=${directory}`)];

export const evalCommand = command({
  name: 'eval',
  summary: 'how helpful, harmless and honest models are, on a suite',
  examples: [
    'eval --model base=models/story fused=out/fused --suite suite --limit 100',
    'eval --model out/fused --suite TruthfulQA.csv xstest_prompts.csv alpaca.json --out out/eval.json --json',
  ],
  options: {
    model: { ...paths(MODELS, 'models or LoRA directories, as DIR or name=DIR'), value: 'DIR…' },
    base: baseOption,
    suite: paths([EMBEDDED.suite], 'folders with helpful.json, harmless.json, honest.json, or files: these, TruthfulQA, BeaverTails, XSTest, Alpaca …'),
    limit: integer(null, 'the first N items of each measure; of requests half harmful, half benign', { min: 1 }),
    template: choice(['auto', 'alpaca', 'plain'], 'auto', 'what is put around a request; auto: nothing in a suite\'s own files, else alpaca'),
    'max-new-tokens': integer(EVALUATION.maxNewTokens, 'longest answer in tokens; the context ends it earlier', { min: 1 }),
    seed: integer(EVALUATION.seed, 'of the intervals\' resampling'),
    batch: integer(DEFAULT_BATCH, 'prompts at once', { min: 1, max: 1024 }),
    ablate: flag('measures models with experts again with each expert silenced in turn'),
    expert: named(new Map(), 'the aligned models that were fused, by name: with --base, how far each expert has moved from its own'),
    tokenizer: tokenizerOption,
    out: path('FILE', null, 'also writes every prompt, answer and verdict, as JSON'),
  },
  run: async (values, context) => {
    const models = await openModels(values.model, values.base, context);
    const { suite, files } = await openSuite(values.suite, values, context);
    const opened: TokenizedModel[] = [];
    for (const each of models) {
      const { tokenizer } = await requireTokenizer(each.model, values.tokenizer, 'give --tokenizer');
      requireKnownTokens(suite, tokenizer, each.model.host.config);
      opened.push({ ...each, tokenizer });
    }
    if (values.out !== null) requireOutputFile(values.out);
    if (values.ablate && opened.every(({ model }) => model.host.config.experts === 1)) {
      throw bad('ablate', 'a model with experts', 'dense models alone', 'leave it out');
    }
    const drifts = await measureDrift(models, values.base, values.expert, context);
    const settings = { suite, maxNewTokens: values['max-new-tokens'], seed: values.seed, batch: values.batch, ablate: values.ablate };
    const results = (await evaluateAll(opened, settings, context)).map((result): ModelResult => {
      const drift = drifts.get(result.name);
      return drift === undefined ? result : { ...result, drift };
    });
    const { helpful, harmless, honest } = suite;
    const json = {
      suite: { files, helpful: helpful.length, harmless: harmless.length, honest: honest.length },
      models: results.map(withoutRecords), stopped: results.length < models.length,
    };
    if (values.out !== null) {
      const whole = new TextEncoder().encode(`${JSON.stringify({ ...json, models: results }, null, 1)}\n`);
      await writeDirectory(dirname(values.out), new Map([[basename(values.out), whole]]));
    }
    return { json: { ...json, ...(values.out === null ? {} : { out: values.out }) }, text: evalTable(results) };
  },
});

/** One model after the other. After Ctrl-C those that were measured whole; throws a Refusal 'cancelled' where none was. */
async function evaluateAll(models: readonly TokenizedModel[], settings: EvalSettings, context: Context): Promise<ModelResult[]> {
  const gpu = await context.gpu();
  const session = { settings, context, signal: context.interrupted() };
  const results: ModelResult[] = [];
  for (const model of models) {
    try {
      results.push(await withStore(gpu, model.model.host, (store) => evaluateModel(model, store, session)));
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'cancelled' || results.length === 0) throw error;
      context.say(`${model.name} and what follows it were not measured.`);
      break;
    }
  }
  return results;
}

function withoutRecords({ ablation, ...result }: ModelResult) {
  return { ...bareResult(result), ...(ablation === undefined ? {} : { ablation: ablation.map(bareResult) }) };
}

function bareResult<R extends SuiteResult>({ helpful, harmless, honest, ...rest }: R) {
  const bare = <R extends { readonly records: unknown }>(result: R | null): Omit<R, 'records'> | null => {
    if (result === null) return null;
    const { records: _, ...kept } = result;
    return kept;
  };
  return { ...rest, helpful: bare(helpful), harmless: bare(harmless), honest: bare(honest) };
}
