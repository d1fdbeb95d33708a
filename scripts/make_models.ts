// The embedded models, stage by stage: texts → tokenizer → base → three aligned models → figures → tuned baselines → recorded run → manifest.
//   npm run make:models [-- --fresh]
// A stage whose inputs have not changed since it ended is passed over, so that an interrupted run goes on where it was; --fresh
// makes all anew. Texts and intermediate models lie in .cache/models.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Progress } from '../src/cli/progress';
import { loadTokenizer } from '../src/data/tokenizer';
import { writeModel } from '../src/formats/model_files';
import { nodeGpu } from '../src/headless/node_gpu';
import { writeDirectory } from '../src/headless/directory';
import { ROWS, SUITE_SEEDS } from '../src/world/counts';
import { suiteFiles, worldSuite } from '../src/world/suite';
import { worldTokenizer } from '../src/world/tokenizer';
import { baseTexts, dataRow, drawRows, TYPES, type DataRow, type RowType } from '../src/world/world';
import { DEFAULT_RECIPE } from '../src/fusion/recipe';
import { measureAll } from './make_models/figures';
import { manifest, PROMPTS } from './make_models/manifest';
import { trainBase } from './make_models/base';
import { sourcesHash } from './fingerprint.mjs';
import { ALIGN, BASE, SEED, SHAPE } from './make_models/recipe';
import { recordDefaultRun } from './make_models/recording';
import { TUNED, tunedBaselines } from './make_models/tuned';

const OUT = 'public/models';
const WORK = '.cache/models';
const STAMPS = join(WORK, 'stages.json');
const text = new TextEncoder();

if (process.argv.includes('--fresh')) rmSync(WORK, { recursive: true, force: true });
mkdirSync(WORK, { recursive: true });
const started = performance.now();
const known = existsSync(STAMPS) ? JSON.parse(readFileSync(STAMPS, 'utf8')) as Record<string, string> : {};
const stamps = new Map(Object.entries(known));

/** Runs a stage unless its outputs are there and were made from the same inputs; gives back the hash of its outputs. */
async function stage(name: string, inputs: readonly string[], outputs: readonly string[], work: () => Promise<void>): Promise<string> {
  const key = hash(inputs.join('\n'));
  const seal = (): string => `${key} ${hash(outputs.map((file) => hash(readFileSync(file))).join('\n'))}`;
  if (outputs.every((file) => existsSync(file)) && stamps.get(name) === seal()) {
    say(`${name}: unchanged`);
    return seal();
  }
  const began = performance.now();
  await work();
  stamps.set(name, seal());
  writeFileSync(STAMPS, `${JSON.stringify(Object.fromEntries(stamps), null, 2)}\n`);
  say(`${name}: made in ${((performance.now() - began) / 1000).toFixed(0)} s`);
  return seal();
}

function hash(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

const rowsJson = (rows: readonly DataRow[]): string => `[\n${rows.map((row) => JSON.stringify(row)).join(',\n')}\n]\n`;
const alignFile = (type: RowType): string => join(WORK, 'align', `${type}.json`);
const MODEL_FILES = ['config.json', 'generation_config.json', 'model.safetensors'];
const modelFiles = (folder: string): string[] => MODEL_FILES.map((file) => join(folder, file));

const { files: tokenizerFiles, vocab } = worldTokenizer();
await writeDirectory(OUT, tokenizerFiles);
const [tokenizerJson = new Uint8Array(), tokenizerConfig] = tokenizerFiles.values();
const tokenizer = loadTokenizer(tokenizerJson, tokenizerConfig, 'tokenizer.json');

const texts = baseTexts(SEED);
const baseRows = Array.from({ length: BASE.rows }, () => texts.next().value);
await writeDirectory(WORK, new Map([['base.json', text.encode(rowsJson(baseRows))]]));
for (const type of TYPES) {
  const rows = drawRows(type, 'train', ROWS.align[type], SEED).map(dataRow);
  await writeDirectory(join(WORK, 'align'), new Map([[`${type}.json`, text.encode(rowsJson(rows))]]));
  await writeDirectory(join(OUT, 'data'), new Map([[`${type}.json`, text.encode(rowsJson(rows.slice(0, ROWS.fuse)))]]));
}
const suites = {
  validation: worldSuite('validation', SEED + SUITE_SEEDS.validation, ROWS.validation),
  test: worldSuite('test', SEED + SUITE_SEEDS.test, ROWS.test),
};
for (const [split, suite] of Object.entries(suites)) await writeDirectory(join(OUT, 'suite', split), suiteFiles(suite));
say(`texts: ${BASE.rows} for the base, vocabulary ${vocab}`);

const baseInputs = [JSON.stringify([BASE, SHAPE, SEED]), hash(rowsJson(baseRows)), hash(tokenizerJson)];
const base = await stage('base', baseInputs, modelFiles(join(OUT, 'base')), async () => {
  const progress = new Progress('base');
  const { config, weights } = await trainBase(await nodeGpu(), tokenizer, baseRows, (step, total, loss) => {
    progress.show(step, total, `loss ${loss.toFixed(3)}`);
  });
  progress.end();
  await writeDirectory(join(OUT, 'base'), writeModel(config, weights, { facts: { made: 'make:models', seed: SEED } }));
});

const h3 = (args: readonly string[]): string => {
  const { status, stdout } = spawnSync(process.execPath, ['scripts/h3.mjs', ...args], { stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' });
  if (status !== 0) throw new Error(`h3 ${args.join(' ')} ended with ${String(status)}`);
  return stdout;
};

const aligned: string[] = [];
for (const type of TYPES) {
  const folder = join(WORK, 'aligned', type);
  const args = [
    'align', '--base', join(OUT, 'base'), '--data', alignFile(type), '--out', folder, '--tokenizer', join(OUT, 'tokenizer.json'),
    ...ALIGN[type], '--seed', String(SEED),
  ];
  aligned.push(await stage(type, [base, args.join(' '), hash(readFileSync(alignFile(type)))], modelFiles(join(OUT, type)), async () => {
    rmSync(folder, { recursive: true, force: true });
    h3(args);
    await writeDirectory(join(OUT, type), new Map(modelFiles(folder).map((file) => [file, readFileSync(file)])));
  }));
}

/** What measures, tunes and records: no stage that follows is passed over where it has changed. The models stay. */
const code = sourcesHash('.', ['src', 'scripts/make_models', 'package-lock.json']);

const figuresFile = join(WORK, 'figures.json');
await stage('figures', [code, base, ...aligned, JSON.stringify(suites.test)], [figuresFile], async () => {
  const progress = new Progress('figures');
  const figures = await measureAll(await nodeGpu(), OUT, tokenizer, suites.test, SEED, (done, total) => { progress.show(done, total); });
  progress.end();
  await writeDirectory(WORK, new Map([['figures.json', text.encode(`${JSON.stringify(figures, null, 2)}\n`)]]));
});

const tunedFile = join(WORK, 'tuned.json');
await stage('tuned baselines', [code, base, ...aligned, JSON.stringify([TUNED, suites])], [tunedFile], async () => {
  const fresh = process.argv.includes('--fresh') ? ['--fresh'] : [];
  const tuned = h3(['baselines', '--only', TUNED.join(','), '--json', ...fresh]);
  await writeDirectory(WORK, new Map([['tuned.json', text.encode(tuned)]]));
});

const recipeOf = JSON.stringify([DEFAULT_RECIPE, PROMPTS, ROWS.fuse]);
await stage('recorded run', [code, base, ...aligned, recipeOf], [join(OUT, 'recorded_run.json')], async () => {
  const progress = new Progress('recorded run');
  const recorded = await recordDefaultRun(await nodeGpu(), OUT, tokenizer, PROMPTS, (step, total) => { progress.show(step, total); });
  progress.end();
  await writeDirectory(OUT, new Map([['recorded_run.json', text.encode(recorded)]]));
});
await writeDirectory(OUT, new Map([['manifest.json', text.encode(manifest(OUT, readFileSync(figuresFile, 'utf8'), tunedBaselines(readFileSync(tunedFile, 'utf8'))))]]));
say(`manifest: all is in ${OUT}, after ${((performance.now() - started) / 60_000).toFixed(1)} min`);
// Dawn's threads keep Node alive.
process.exit(0);
