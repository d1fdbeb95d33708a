import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Refusal } from '../errors/refusal';
import type { SuiteResult } from '../eval/evaluate';
import type { ModelConfig } from '../formats/hf_config';
import { assemble } from '../fusion/assemble';
import { nodeGpu } from '../headless/node_gpu';
import { otherFfn, SMALL, smallWeights, tempFolder, writeSmallModel } from '../testing/model_directories';
import { SHARED_DATA, WHY_SKIPPED } from '../testing/shared_data';
import { COMMANDS } from './commands/commands';
import type { ModelResult } from './eval_model';
import { invoke } from './invoke';
import { Progress } from './progress';

const folder = tempFolder();
const at = (name: string): string => join(folder, name);
const weights = smallWeights(SMALL);
const base = writeSmallModel(at('base'), SMALL, weights);
const other = writeSmallModel(at('other'), SMALL, otherFfn(weights, SMALL, 5));
const MIXED: ModelConfig = { ...SMALL, experts: 2, topK: 2, expertNames: ['helpful', 'honest'] };
const fused = writeSmallModel(at('fused'), MIXED);
/** As fuse assembles it: experts that have not moved. */
const ASSEMBLED = assemble(
  { name: 'base', config: SMALL, weights },
  [{ name: 'helpful', config: SMALL, weights }, { name: 'honest', config: SMALL, weights: otherFfn(weights, SMALL, 5) }],
  { topK: 2, routing: 'token' },
);
const assembled = writeSmallModel(at('assembled'), ASSEMBLED.config, new Map(ASSEMBLED.weights));

const SUITE = {
  helpful: [{ prompt: 'helpful 1', response: 'yes do it', family: 'do' }, { prompt: 'helpful 2', response: 'yes do it', family: 'do', open: true }],
  harmless: [{ prompt: 'harmless 1', harmful: true, category: 'theft' }, { prompt: 'harmless 2', harmful: false }],
  honest: [{ prompt: 'honest 1', family: 'myth', correct: ['no', 'that is not so'], incorrect: ['yes', 'that is so'] }],
};
mkdirSync(at('suite'));
for (const [name, rows] of Object.entries(SUITE)) writeFileSync(at(`suite/${name}.json`), JSON.stringify(rows));

interface EvalJson {
  readonly suite: { readonly files: readonly string[]; readonly helpful: number; readonly harmless: number; readonly honest: number };
  readonly models: readonly SuiteResult[];
  readonly stopped: boolean;
}
async function evaluated(...args: string[]): Promise<EvalJson> {
  const json: unknown = await invoke('eval', args, () => nodeGpu(() => undefined), (line) => said.push(line));
  return json as EvalJson;
}
const said: string[] = [];
const small = (...args: string[]): Promise<EvalJson> => evaluated('--suite', at('suite'), '--max-new-tokens', '6', ...args);

describe('eval', () => {
  test('gives every measure with its interval and parts, for every model, without the rows', async () => {
    const { suite, models, stopped } = await small('--model', base, `second=${other}`);
    expect(suite).toEqual({
      files: ['helpful', 'harmless', 'honest'].map((name) => at(`suite/${name}.json`)), helpful: 2, harmless: 2, honest: 1,
    });
    expect(models.map(({ name }) => name)).toEqual(['base', 'second']);
    expect(stopped).toBe(false);
    for (const { helpful, harmless, honest, hhh } of models) {
      expect(helpful).toMatchObject({ rows: 2, dropped: 0, closedRows: 1, openRows: 1, families: { do: { rows: 2 } } });
      expect(harmless).toMatchObject({ rows: 2, harmful: { rows: 1 }, benign: { rows: 1 } });
      expect(honest).toMatchObject({ rows: 1, families: { myth: { rows: 1 } } });
      expect(honest?.mc2).toBeGreaterThan(0);
      expect(honest?.mc2).toBeLessThan(1);
      for (const measure of [helpful, harmless, honest]) expect(measure).not.toHaveProperty('records');
      const mean = ((helpful?.value ?? NaN) + (harmless?.value ?? NaN) + (honest?.value ?? NaN)) / 3;
      expect(hhh?.value).toBeCloseTo(mean, 12);
    }
  });

  test('writes every row where it is asked to, and a measure without rows is null', async () => {
    rmSync(at('out'), { recursive: true, force: true });
    const { models: [model] } = await evaluated('--suite', at('suite/harmless.json'), '--model', base, '--max-new-tokens', '4', '--out', at('out/rows.json'));
    expect(model).toMatchObject({ helpful: null, honest: null, hhh: null, harmless: { rows: 2 } });
    const { models: [whole] } = JSON.parse(readFileSync(at('out/rows.json'), 'utf8')) as EvalJson;
    expect(whole?.harmless?.records).toHaveLength(2);
    expect(whole?.harmless?.records[0]).toMatchObject({ prompt: 'harmless 1\n', harmful: true, category: 'theft', answer: expect.any(String) as string });
  });

  test('the same seed gives the same bits, however many prompts go at once', async () => {
    const { models: one } = await small('--model', base, '--batch', '1');
    const { models: two } = await small('--model', base, '--batch', '2');
    expect(two[0]?.helpful).toEqual(one[0]?.helpful);
    expect(two[0]?.honest?.mc2).toBeCloseTo(one[0]?.honest?.mc2 ?? NaN, 5);
  });

  test('benign requests alone are no measure, which is said', async () => {
    writeFileSync(at('benign.json'), JSON.stringify([{ prompt: 'harmless 1', harmful: false }]));
    expect((await evaluated('--suite', at('benign.json'), '--model', base)).models[0]).toMatchObject({ harmless: null, hhh: null });
    expect(said.at(-1)).toBe('The suite has no harmful request: harmless is not measured.');
  });

  test('a limit takes the first of each list', async () => {
    expect((await small('--model', base, '--limit', '1')).models[0]).toMatchObject({ helpful: { rows: 1 }, harmless: { rows: 1 }, honest: { rows: 1 } });
  });

  test('a model with experts is measured again without each of them, by name; a dense one beside it is not', async () => {
    const { models: [dense, routed] } = await small('--model', base, fused, '--ablate');
    expect(dense).not.toHaveProperty('ablation');
    const { ablation } = routed as ModelResult;
    expect(ablation?.map(({ name }) => name)).toEqual(['helpful', 'honest']);
    const nll = [routed, ...(ablation ?? [])].map((result) => result?.honest?.nll);
    expect(new Set(nll).size).toBe(3);
    expect(ablation?.[0]?.honest).not.toHaveProperty('records');
  });

  test('routers are held against the kinds of the prompts, and experts against the models that they came from', async () => {
    const experts = ['--base', base, '--expert', `honest=${other},helpful=${base}`];
    const { models: [dense, model] } = await small('--model', base, `mine=${assembled}`, ...experts);
    const routed = model as ModelResult;
    expect(dense).not.toHaveProperty('router');
    expect(dense).not.toHaveProperty('drift');
    expect(routed.router).toMatchObject({ experts: ['helpful', 'honest'], rows: 3 });
    expect(routed.router?.confusion.map((counts) => counts.reduce((sum, count) => sum + count, 0))).toEqual([2, 1]);
    expect(routed.drift?.experts).toEqual(['helpful', 'honest']);
    const [helpful, honest] = routed.drift?.byExpert ?? [];
    expect(helpful).toEqual({ moved: 0, aligned: 0, relative: 0 });
    expect(honest?.moved).toBe(0);
    expect(honest?.aligned).toBeGreaterThan(1);
    expect(routed.drift?.byLayer).toHaveLength(SMALL.layers);
  });

  test('Ctrl-C leaves the models that were measured whole, and refuses where none was', async () => {
    const interruptedAt = (label: string): Promise<{ json: Readonly<Record<string, unknown>> }> => {
      const stop = new AbortController();
      const command = COMMANDS.find(({ name }) => name === 'eval');
      if (command === undefined) throw new Error('there is no eval');
      return command.parse(['--suite', at('suite'), '--model', `a=${base}`, `b=${other}`, '--max-new-tokens', '4']).run({
        gpu: () => nodeGpu(() => undefined), say: (line) => said.push(line), interrupted: () => stop.signal,
        progress: (name) => {
          if (name === label) stop.abort();
          return new Progress(name, { write: () => undefined });
        },
      });
    };
    const { json } = await interruptedAt('b');
    expect(json).toMatchObject({ stopped: true, models: [{ name: 'a' }] });
    expect(said.at(-1)).toBe('b and what follows it were not measured.');
    await expect(interruptedAt('a')).rejects.toMatchObject({ code: 'cancelled' });
  });
});

async function refused(...args: string[]): Promise<string> {
  const touched = (): never => { throw new Error('the GPU was touched'); };
  const error: unknown = await invoke('eval', args, touched).then(() => undefined, (thrown: unknown) => thrown);
  if (!(error instanceof Refusal)) throw new Error(`no refusal but ${String(error)}`);
  expect(error.message).not.toMatch(/\n/);
  return error.message.replaceAll(`${folder}/`, '');
}

describe('refused in one sentence before the GPU is touched:', () => {
  const suite = ['--suite', at('suite')];

  test('a suite that is missing, empty or unknown', async () => {
    expect(await refused('--model', base, '--suite', at('none'))).toBe('none: expected a readable file, got none; check the path.');
    expect(await refused('--model', base, '--suite', at('base'))).toBe(
      'base: expected one of helpful.json, harmless.json, honest.json, got none; give the folder of a suite, or its files.');
    writeFileSync(at('rows.json'), '[{"prompt":"a","response":"b"}]');
    expect(await refused('--model', base, '--suite', at('rows.json'))).toMatch(/^rows\.json: expected rows of a suite .*, got the fields "prompt, response"; /);
    writeFileSync(at('aware.json'), '[{"question":"a","answerable":true}]');
    expect(await refused('--model', base, '--suite', at('aware.json'))).toMatch(
      /^aware\.json: expected at least one row that a measure applies to, got none; SelfAware lists no incorrect answers/);
    writeFileSync(at('broken.json'), '[{"prompt":"a","harmful":true},{"prompt":"a","harmful":1}]');
    expect(await refused('--model', base, '--suite', at('broken.json'))).toBe(
      'broken.json, row 2, harmful: expected true or false, got 1; complete the row or take it out.');
  });

  test('models that are missing, or called the same', async () => {
    expect(await refused('--model', at('none'), ...suite)).toBe('none: expected a directory, got none; check the path.');
    expect(await refused('--model', `a=${base}`, `a=${other}`, ...suite)).toBe('--model: expected each name once, got a twice; name them as name=DIR.');
    expect(await refused('--model', `=${base}`, ...suite)).toMatch(/^--model: expected DIR or name=DIR, got "=/);
  });

  test('a tokenizer whose tokens the model does not know', async () => {
    const narrow = writeSmallModel(at('narrow'), { ...SMALL, vocab: 100 });
    expect(await refused('--model', narrow, ...suite)).toMatch(
      /^narrow\/tokenizer\.json: expected tokens of the model, from 0 to 99, got \d+; use the tokenizer that belongs to the model\.$/);
  });

  test('ablation of dense models', async () => {
    expect(await refused('--model', base, ...suite, '--ablate')).toBe('--ablate: expected a model with experts, got dense models alone; leave it out.');
  });

  test('drift without a base, and of other experts than the model has', async () => {
    const drift = (...args: string[]): Promise<string> => refused('--model', assembled, ...suite, ...args);
    expect(await drift('--expert', `helpful=${base},honest=${other}`)).toBe(
      '--base: expected the model that the experts were aligned from, got none; give it as --base.');
    expect(await drift('--base', base, '--expert', `helpful=${base},kind=${other}`)).toBe(
      '--expert: expected the experts of assembled: helpful, honest, got helpful, kind; give those.');
    expect(await refused('--model', base, ...suite, '--base', base, '--expert', `a=${other}`)).toBe(
      '--expert: expected a model with experts, got dense models alone; leave it out.');
  });

  test('an output that is a folder', async () => {
    expect(await refused('--model', base, ...suite, '--out', folder)).toMatch(/^--out: expected a file, got .*, a directory; add a file name\.$/);
  });
});

describe.skipIf(SHARED_DATA === undefined)(`a real Llama on real files${WHY_SKIPPED}`, () => {
  const story = (file: string, ...args: string[]): Promise<EvalJson> => evaluated(
    '--model', `${SHARED_DATA ?? ''}/models/story-llama`, '--suite', `${SHARED_DATA ?? ''}/${file}`, '--max-new-tokens', '8', ...args);

  test.each([['honest/TruthfulQA.csv'], ['honest/truthfulqa_mc_task.json']])('%s', async (file) => {
    const { models: [model] } = await story(file, '--limit', '4');
    expect(model).toMatchObject({ name: 'story-llama', helpful: null, harmless: null, hhh: null, honest: { rows: 4, dropped: 0 } });
    expect(model?.honest?.mc2).toBeGreaterThan(0);
    expect(model?.honest?.mc2).toBeLessThan(1);
    expect(model?.honest?.nll).toBeGreaterThan(1);
  });

  test('BeaverTails, XSTest, Alpaca and self-instruct', async () => {
    expect((await story('harmless/beavertails_safe.jsonl', '--limit', '3')).models[0]?.harmless).toMatchObject({ rows: 3, benign: null });
    expect(said.at(-2)).toMatch(/beavertails_safe\.jsonl: BeaverTails marks responses, not requests: every prompt counts as harmful\.$/);
    expect((await story('harmless/xstest_prompts.csv', '--limit', '3')).models[0]?.harmless).toMatchObject({ harmful: { rows: 2 }, benign: { rows: 1 } });
    expect((await story('helpful/alpaca.json', '--limit', '3')).models[0]?.helpful).toMatchObject({ openRows: 3, exactMatch: null });
    expect((await story('helpful/self_instruct_seed_tasks.jsonl', '--limit', '3')).models[0]?.helpful).toMatchObject({ openRows: 3 });
  });

  test('rows that the context does not hold are dropped and counted', async () => {
    const long = at('long.json');
    writeFileSync(long, JSON.stringify([{ instruction: 'word '.repeat(2000), output: 'x' }, { instruction: 'Say hello.', output: 'hello' }]));
    const { models: [model] } = await evaluated('--model', `${SHARED_DATA ?? ''}/models/story-llama`, '--suite', long, '--max-new-tokens', '4');
    expect(model).toMatchObject({ helpful: { rows: 1, dropped: 1 }, dropped: { helpful: 1 } });
  });
});
