import { basename, dirname } from 'node:path';
import type { Tokenizer } from '../../data/tokenizer';
import { Refusal } from '../../errors/refusal';
import { evaluateSuite, type SuiteResult } from '../../eval/evaluate';
import { DEFAULT_BATCH, modelAnswerer } from '../../eval/model_answerer';
import type { Suite } from '../../eval/suite';
import { writeDirectory } from '../../headless/directory';
import { command, type Context } from '../command';
import { EMBEDDED } from '../embedded';
import { evalTable } from '../eval_table';
import { withStore } from '../measure';
import { baseOption } from '../open_model';
import { openModels, type NamedModel } from '../open_models';
import { openSuite, requireKnownTokens } from '../open_suite';
import { requireTokenizer, tokenizerOption } from '../open_tokenizer';
import { choice, integer, path, paths } from '../options';
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
    'max-new-tokens': integer(48, 'longest answer in tokens; the context ends it earlier', { min: 1 }),
    seed: integer(1, 'of the intervals\' resampling'),
    batch: integer(DEFAULT_BATCH, 'prompts at once', { min: 1, max: 1024 }),
    tokenizer: tokenizerOption,
    out: path('FILE', null, 'also writes every prompt, answer and verdict, as JSON'),
  },
  run: async (values, context) => {
    const models = await openModels(values.model, values.base, context);
    const { suite, files } = await openSuite(values.suite, values, context);
    const opened: Opened[] = [];
    for (const named of models) {
      const { tokenizer } = await requireTokenizer(named.model, values.tokenizer, 'give --tokenizer');
      requireKnownTokens(suite, tokenizer, named.model.host.config);
      opened.push({ ...named, tokenizer });
    }
    if (values.out !== null) requireOutputFile(values.out);
    const settings = { suite, maxNewTokens: values['max-new-tokens'], seed: values.seed, batch: values.batch };
    const results = await evaluateAll(opened, settings, context);
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

interface Opened extends NamedModel {
  readonly tokenizer: Tokenizer;
}

interface Settings {
  readonly suite: Suite;
  readonly maxNewTokens: number;
  readonly seed: number;
  readonly batch: number;
}

/** One model after the other. After Ctrl-C those that were measured whole; throws a Refusal 'cancelled' where none was. */
async function evaluateAll(models: readonly Opened[], settings: Settings, context: Context): Promise<SuiteResult[]> {
  const gpu = await context.gpu();
  const signal = context.interrupted();
  const results: SuiteResult[] = [];
  for (const { name, model, tokenizer } of models) {
    try {
      results.push(await withStore(gpu, model.host, (store) => evaluateModel(name, store, tokenizer, settings, context, signal)));
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'cancelled' || results.length === 0) throw error;
      context.say(`${name} and what follows it were not measured.`);
      break;
    }
  }
  return results;
}

async function evaluateModel(
  name: string, store: Parameters<typeof modelAnswerer>[1], tokenizer: Tokenizer,
  { suite, batch, maxNewTokens, seed }: Settings, context: Context, signal: AbortSignal,
): Promise<SuiteResult> {
  const progress = context.progress(name);
  const answerer = modelAnswerer(name, store, { batch });
  const { eos, context: maxLength } = store.config;
  try {
    return await evaluateSuite(answerer, suite, tokenizer, {
      maxNewTokens, seed, maxLength, signal,
      eos: eos ?? (tokenizer.eos === undefined ? [] : [tokenizer.eos]),
      onProgress: (done, total) => { progress.show(done, total); },
    });
  } finally {
    progress.end();
    answerer.dispose();
  }
}

function withoutRecords({ helpful, harmless, honest, ...rest }: SuiteResult) {
  const bare = <R extends { readonly records: unknown }>(result: R | null): Omit<R, 'records'> | null => {
    if (result === null) return null;
    const { records: _, ...kept } = result;
    return kept;
  };
  return { ...rest, helpful: bare(helpful), harmless: bare(harmless), honest: bare(honest) };
}
