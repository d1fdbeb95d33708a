import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Refusal } from '../errors/refusal';
import { writeModel } from '../formats/model_files';
import { nodeGpu } from '../headless/node_gpu';
import type { AblationRow } from '../study/ablate';
import type { Row } from '../study/contender';
import type { ReproduceResult } from '../study/reproduce';
import { otherFfn, SMALL, SMALL_ANSWERS, smallWeights, tempFolder, writeFiles, writeSmallModel, writeSmallRows } from '../testing/model_directories';
import { suiteFiles, worldSuite } from '../world/suite';
import { worldTokenizer } from '../world/tokenizer';
import { COMMANDS } from './commands/commands';
import { invoke } from './invoke';
import { openSuite } from './open_suite';
import { Progress } from './progress';

const folder = tempFolder();
const at = (name: string): string => join(folder, name);
const weights = smallWeights(SMALL);
writeSmallModel(at('base'), SMALL, weights);
const KINDS = ['helpful', 'harmless', 'honest'] as const;
for (const [i, kind] of KINDS.entries()) {
  writeSmallModel(at(kind), SMALL, otherFfn(weights, SMALL, i + 2));
  writeSmallRows(at(`${kind}.jsonl`), kind);
}
for (const [i, split] of ['validation', 'test'].entries()) {
  mkdirSync(at(`suite/${split}`), { recursive: true });
  const suite = {
    helpful: [{ prompt: `helpful 10${i}`, response: SMALL_ANSWERS.helpful, family: 'do' }],
    harmless: [{ prompt: `harmless 10${i}`, harmful: true }, { prompt: `helpful 20${i}`, harmful: false }],
    honest: [{ prompt: `honest 10${i}`, family: 'myth', correct: [SMALL_ANSWERS.honest], incorrect: ['that is so'] }],
  };
  mkdirSync(at(`partial/${split}`), { recursive: true });
  for (const [name, rows] of Object.entries(suite)) {
    writeFileSync(at(`suite/${split}/${name}.json`), JSON.stringify(rows));
    if (split !== 'test' || name !== 'honest') writeFileSync(at(`partial/${split}/${name}.json`), JSON.stringify(rows));
  }
}

const gpu = () => nodeGpu(() => undefined);
const named = (end = ''): string => KINDS.map((kind) => `${kind}=${at(kind)}${end}`).join(',');
const SMALL_STUDY = [
  '--base', at('base'), '--expert', named(), '--data', named('.jsonl'), '--suite', at('suite'), '--cache', at('cache'),
  '--template', 'plain', '--seeds', '1', '--limit', '8', '--grid', 'coarse', '--steps', '6', '--warmup-steps', '2', '--batch', '4', '--lr', '0.02',
];
type Json<T> = T & { readonly resumed: number; readonly seconds: number; readonly worldSeed: number | null; readonly rows: object };
const run = async <T>(name: string, ...args: string[]): Promise<Json<T>> => (await invoke(name, [...SMALL_STUDY, ...args], gpu)) as unknown as Json<T>;

const MINUTES = 60_000;
const SCORES = Object.fromEntries(['helpful', 'harmless', 'honest', 'hhh'].map((measure) => [measure, expect.any(Number) as number]));

describe('h3 reproduce, baselines and ablate', () => {
  let first: Json<ReproduceResult> | undefined;

  test('reproduce compares the fused model with everything, as means over seeds', async () => {
    first = await run<ReproduceResult>('reproduce');
    const { fused, bestAligned, bestEnsemble, bestMerge, ratios, others, all, perSeed, resumed, worldSeed, rows } = first;
    for (const row of [fused, bestAligned, bestEnsemble, bestMerge]) expect(row).toEqual({ name: expect.any(String) as string, ...SCORES });
    expect(Object.keys(ratios)).toEqual(['aligned', 'ensemble', 'merge']);
    expect(others.map(({ id }) => id)).toEqual(['instruct', 'joint', 'paper', 'paper-code']);
    expect(all.map(({ id }) => id)).toEqual([
      'fused', 'base', ...KINDS, 'soup', 'task-arithmetic', 'task-arithmetic-each', 'ties', 'dare', 'slerp', 'ensemble-mean', 'ensemble-each',
      'ensemble-perplexity', 'instruct', 'joint', 'paper', 'paper-code',
    ]);
    for (const row of all) expect(row).toMatchObject({ ...SCORES, validation: SCORES, settings: expect.any(Object) as object });
    for (const best of [bestMerge, bestEnsemble]) expect(all.find(({ name }) => name === best.name)?.hhh).toBe(best.hhh);
    const merges = all.filter(({ kind }) => kind === 'merge').map(({ hhh }) => hhh);
    expect(bestMerge.hhh).toBe(Math.max(...merges));
    expect(perSeed).toEqual([{ seed: 1, ...SCORES, seconds: expect.any(Number) as number, routerAccuracy: expect.any(Number) as number }]);
    expect({ resumed, worldSeed, rows }).toEqual({
      resumed: 0, worldSeed: null,
      rows: { fusion: { helpful: 8, harmless: 8, honest: 8 }, validation: { helpful: 1, harmless: 2, honest: 1 }, test: { helpful: 1, harmless: 2, honest: 1 } },
    });
  }, 5 * MINUTES);

  test('a second run takes over what the first one finished, and gives the same', async () => {
    const again = await run<ReproduceResult>('reproduce', '--headline');
    expect(again.resumed).toBeGreaterThan(10);
    expect({ fused: again.fused, ratios: again.ratios, perSeed: again.perSeed }).toEqual({ fused: first?.fused, ratios: first?.ratios, perSeed: first?.perSeed });
    expect(again).not.toHaveProperty('others');
    expect(again.all.map(({ id }) => id)).not.toContain('joint');
  }, 5 * MINUTES);

  test('what is left out stands nowhere, and one merge and ensemble must be left', async () => {
    const less = await run<ReproduceResult>('reproduce', '--headline', '--without', 'task-arithmetic-each,dare');
    const ids = less.all.map(({ id }) => id);
    expect(ids).toContain('soup');
    expect(ids.filter((id) => ['dare', 'task-arithmetic-each'].includes(id))).toEqual([]);
    await expect(run('reproduce', '--headline', '--without', 'ensemble-mean,ensemble-each,ensemble-perplexity')).rejects.toThrow(/--without: expected one kind of ensemble at least/);
  }, 5 * MINUTES);

  test('another recipe is another fusion, and the merges are the same', async () => {
    const other = await run<ReproduceResult>('reproduce', '--headline', '--top-k', '1');
    expect(other.bestMerge).toEqual(first?.bestMerge);
    expect(other.resumed).toBeGreaterThan(8);
    expect(other.perSeed[0]?.seconds).not.toBe(first?.perSeed[0]?.seconds);
  }, 5 * MINUTES);

  test('baselines measures those that are asked for, beside the models alone', async () => {
    const { baselines } = await run<{ readonly baselines: readonly Row[] }>('baselines', '--only', 'soup,ensemble-mean');
    expect(baselines.map(({ id }) => id)).toEqual(['base', ...KINDS, 'soup', 'ensemble-mean']);
    expect(baselines[4]).toEqual(first?.all.find(({ id }) => id === 'soup'));
  }, 5 * MINUTES);

  test('ablate changes one factor at a time and says mean and spread over seeds', async () => {
    const { ablation } = await run<{ readonly ablation: readonly AblationRow[] }>('ablate', '--only', 'top-k', '--seeds', '1,2');
    expect(ablation.map(({ factor, value }) => `${factor} ${value}`)).toEqual(['default ', 'top-k 1', 'top-k 3']);
    for (const { mean, spread, runs, validation, routerAccuracy } of ablation) {
      expect({ mean, spread }).toEqual({ mean: SCORES, spread: SCORES });
      expect([validation, routerAccuracy]).toEqual([expect.any(Number), expect.any(Number)]);
      expect(runs.map(({ seed }) => seed)).toEqual([1, 2]);
    }
    expect(ablation[0]?.runs[0]?.seconds).toBe(first?.perSeed[0]?.seconds);
  }, 5 * MINUTES);
});

describe('the small world', () => {
  const { files, vocab } = worldTokenizer();
  const config = { ...SMALL, vocab };
  const start = smallWeights(config);
  writeFiles(at('world/base'), new Map([...writeModel(config, start), ...files]));
  for (const [i, kind] of KINDS.entries()) writeFiles(at(`world/${kind}`), writeModel(config, otherFfn(start, config, i + 2)));

  test('fresh rows for fusion, validation and test are drawn from a seed, and other ones from another', async () => {
    const drawn = async (seed: string, limit: string): Promise<Json<{ readonly baselines: readonly Row[] }>> => {
      const models = ['--base', at('world/base'), '--expert', KINDS.map((kind) => `${kind}=${at(`world/${kind}`)}`).join(',')];
      return run('baselines', '--only', 'soup', ...models, '--world-seed', seed, '--limit', limit);
    };
    const five = await drawn('5', '3');
    expect(five).toMatchObject({
      worldSeed: 5, resumed: 0,
      rows: { fusion: { helpful: 3, harmless: 3, honest: 3 }, validation: { helpful: 3, harmless: 3, honest: 3 }, test: { helpful: 3, harmless: 3, honest: 3 } },
    });
    expect((await drawn('5', '3')).resumed).toBe(5);
    expect((await drawn('6', '3')).resumed).toBe(0);
    expect((await drawn('5', '4')).resumed).toBe(0);
  }, 5 * MINUTES);

  test('a suite that was written as files is read as it was', async () => {
    const suite = worldSuite('test', 3, { helpful: 40, harmless: 20, honest: 20 });
    writeFiles(at('world/suite'), suiteFiles(suite));
    expect((await openSuite([at('world/suite')], { template: 'plain', limit: null }, { say: () => undefined })).suite).toEqual(suite);
  });
});

test('Ctrl-C ends a study in one sentence that says how to go on', async () => {
  const aborted = AbortSignal.abort();
  const command = COMMANDS.find(({ name }) => name === 'reproduce');
  const context = { gpu, progress: (label: string) => new Progress(label, { write: () => undefined }), say: () => undefined, interrupted: () => aborted };
  const refused = await command?.parse([...SMALL_STUDY, '--fresh']).run(context).catch((error: unknown) => error as Refusal);
  expect(refused).toMatchObject({ code: 'cancelled' });
  expect((refused as Refusal).message).toMatch(/^[^.]+; run it again to go on\.$/);
});

test.each([
  [['--seeds', '1,1'], '--seeds: expected each seed once, got 1 twice'],
  [['--seeds', 'a'], '--seeds: expected whole numbers'],
  [['--limit', '0'], '--limit: expected a whole number from 1'],
  [['--expert', `one=${at('helpful')},two=${at('honest')}`, '--data', `one=${at('helpful.jsonl')},two=${at('honest.jsonl')}`, '--world-seed', '3'],
    '--world-seed: expected experts called helpful, harmless, honest, got one, two'],
  [['--data', `helpful=${at('helpful.jsonl')}`], '--data: expected a dataset for each expert: helpful, harmless, honest, got helpful'],
  [['--suite', at('nowhere')], 'nowhere/validation'],
  [['--suite', at('partial')], 'partial/test/honest.json: expected at least one row, got none'],
  [['--cache', at('helpful.jsonl')], '--cache: expected a directory, got'],
  [['--expert', `soup=${at('helpful')},two=${at('honest')}`, '--data', `soup=${at('helpful.jsonl')},two=${at('honest.jsonl')}`],
    'fused, soup, task-arithmetic'],
  [['--top-k', '4'], '--top-k: expected at most 3'],
])('%j is refused before the GPU is touched', async (args, sentence) => {
  const never = (): never => { throw new Error('the GPU was opened'); };
  await expect((async () => invoke('reproduce', [...SMALL_STUDY, ...args], never))()).rejects.toThrow(sentence);
});

test('joint training on all rows is refused where they are not known', async () => {
  await expect((async () => invoke('baselines', [...SMALL_STUDY, '--only', 'joint-full'], gpu))()).rejects.toThrow('--only: expected joint-full with');
});

test('a baseline or factor that does not exist is refused with those that do', async () => {
  await expect((async () => invoke('baselines', ['--only', 'soup,stew'], gpu))()).rejects.toThrow('--only: expected some of soup, task-arithmetic');
  await expect((async () => invoke('ablate', ['--only', 'weather'], gpu))()).rejects.toThrow('--only: expected some of router-init, gate-loss');
});
