import { expertShare } from '../train/expert_share';
import type { StepMetrics } from '../train/metrics';
import { bad, json, list, record } from './manifest';
import type { TokenRouting } from './protocol';
import { PRESETS, type RunRecipe } from './recipe';
import { parseMetrics, parseRecipe, parseSnapshot, requireAscending } from './recorded_fields';

/** What a page plays where no GPU trains: a run as it was, without a clock. Numbers have 5 significant digits. */
export interface RecordedRun {
  readonly version: 1;
  readonly recipe: RunRecipe;
  readonly seed: number;
  readonly metrics: RecordedMetrics;
  /** In the order of their steps. */
  readonly snapshots: readonly RecordedSnapshot[];
}

/** StepMetrics by column, one value a recorded step; NaN (null in the file) where a step did not report. */
export interface RecordedMetrics {
  readonly layers: number;
  readonly datasets: number;
  readonly experts: number;
  /** The first so many rows are the router's warm-up. */
  readonly warmup: number;
  /** Ascending; steps may be left out. */
  readonly step: readonly number[];
  readonly loss: readonly number[];
  readonly lm: readonly number[];
  readonly gate: readonly number[];
  readonly learningRate: readonly number[];
  readonly gradientNorm: readonly number[];
  readonly tokens: readonly number[];
  /** 1 for a step that was not applied. */
  readonly skipped: readonly number[];
  readonly entropy: readonly number[];
  readonly accuracy: readonly number[];
  readonly drift: readonly number[]; // (rows, experts)
  readonly load: readonly number[]; // (rows, layers, datasets, experts)
  readonly probability: readonly number[]; // (rows, layers, datasets, experts)
}

/** What the fused model said after a step; 0 is before the first. */
export interface RecordedSnapshot {
  readonly step: number;
  readonly answers: readonly RecordedAnswer[];
}

export interface RecordedAnswer {
  readonly prompt: string;
  readonly tokens: readonly RecordedToken[];
}

export interface RecordedToken {
  readonly text: string;
  readonly shares: readonly number[]; // (layers, experts)
  readonly probabilities: readonly number[]; // (layers, experts)
}

/** An answer as the engine wrote it. Text without routing, the rest of an unfinished character, joins the token before it. */
export function recordedAnswer(prompt: string, written: readonly { readonly text: string; readonly routing?: TokenRouting }[]): RecordedAnswer {
  const tokens: RecordedToken[] = [];
  for (const { text, routing } of written) {
    const last = tokens.at(-1);
    if (routing !== undefined) tokens.push({ text, shares: [...routing.shares], probabilities: [...routing.probabilities] });
    else if (last !== undefined) tokens[tokens.length - 1] = { ...last, text: last.text + text };
  }
  return { prompt, tokens };
}

/**
 * The file's text. The same input gives the same bytes: nothing of the clock is kept, and keys have a fixed order.
 * @throws RangeError for metrics without a router, and for tokens that do not fit its layers and experts.
 */
export function recordRun({ recipe, metrics, snapshots }: {
  readonly recipe: RunRecipe;
  readonly metrics: readonly StepMetrics[];
  readonly snapshots: readonly RecordedSnapshot[];
}): string {
  const columns = columnsOf(metrics);
  const size = columns.layers * columns.experts;
  const kept = snapshots.map(({ step, answers }) => ({
    step,
    answers: answers.map(({ prompt, tokens }) => ({
      prompt,
      tokens: tokens.map(({ text, shares, probabilities }) => {
        if (shares.length !== size || probabilities.length !== size) throw new RangeError(`a token of step ${String(step)} is not ${String(size)} long`);
        return { text, shares: shares.map(short), probabilities: probabilities.map(short) };
      }),
    })),
  }));
  // What is recorded has no fault.
  const fields = (Object.keys(PRESETS.default) as (keyof RunRecipe)[]).filter((field) => field !== 'fault');
  const head = { version: 1, recipe: Object.fromEntries(fields.map((field) => [field, recipe[field]])), seed: recipe.seed };
  // A column a line, and a snapshot a line: what changed between two recordings can be read.
  const lines = (entries: readonly string[]): string => entries.join(',\n');
  const metricLines = Object.entries(columns).map(([name, values]) => `${JSON.stringify(name)}:${JSON.stringify(values)}`);
  return `${JSON.stringify(head).slice(0, -1)},\n"metrics":{\n${lines(metricLines)}},\n"snapshots":[\n${lines(kept.map((one) => JSON.stringify(one)))}]}\n`;
}

/** The steps as a run reports them. Their speed was not kept: it is NaN. */
export function recordedSteps({ metrics: m }: Pick<RecordedRun, 'metrics'>): StepMetrics[] {
  const { layers, datasets, experts } = m;
  return m.step.map((step, row): StepMetrics => {
    const at = (column: readonly number[]): number => column[row] ?? NaN;
    const size = layers * datasets * experts;
    const cells = (flat: readonly number[]): number[][][] => chunks(chunks(flat.slice(row * size, (row + 1) * size), experts), datasets);
    const load = cells(m.load);
    return {
      step, phase: row < m.warmup ? 'warmup' : 'tune', loss: at(m.loss), lm: at(m.lm), gate: at(m.gate),
      drift: m.drift.slice(row * experts, (row + 1) * experts), learningRate: at(m.learningRate), gradientNorm: at(m.gradientNorm),
      skipped: at(m.skipped) === 1, tokens: at(m.tokens), tokensPerSecond: NaN,
      router: { load, share: expertShare(load), probability: cells(m.probability), entropy: at(m.entropy), accuracy: at(m.accuracy) },
    };
  });
}

/** @throws Refusal 'bad-config' that names the first field which is missing or wrong. */
export function parseRecordedRun(text: string, file: string): RecordedRun {
  const root = record(json(text, file), file, 'the file');
  if (root['version'] !== 1) throw bad(file, 'version', '1', root['version']);
  const recipe = parseRecipe(record(root['recipe'], file, 'recipe'), file);
  if (root['seed'] !== recipe.seed) throw bad(file, 'seed', `${String(recipe.seed)} as in the recipe`, root['seed']);
  const metrics = parseMetrics(record(root['metrics'], file, 'metrics'), file);
  const snapshots = list(root['snapshots'], file, 'snapshots').map((item, i) => parseSnapshot(item, metrics, file, `snapshots[${String(i)}]`));
  requireAscending(snapshots.map(({ step }) => step), file, (i) => `snapshots[${String(i)}].step`);
  return { version: 1, recipe, seed: recipe.seed, metrics, snapshots };
}

function columnsOf(points: readonly StepMetrics[]): RecordedMetrics {
  const cells = points.find(({ router }) => router !== undefined)?.router?.probability;
  const [layers = 0, datasets = 0, experts = 0] = [cells?.length, cells?.[0]?.length, cells?.[0]?.[0]?.length];
  if (layers * datasets * experts === 0) throw new RangeError('a run that no router reported in cannot be recorded');
  const column = (value: (point: StepMetrics) => number): number[] => points.map((point) => short(value(point)));
  const grid = (name: 'load' | 'probability'): number[] => points.flatMap(({ router }) =>
    Array.from({ length: layers * datasets * experts }, (_, i) => {
      const layer = Math.floor(i / (datasets * experts));
      return short(router?.[name][layer]?.[Math.floor(i / experts) % datasets]?.[i % experts] ?? NaN);
    }));
  return {
    layers, datasets, experts, warmup: points.filter(({ phase }) => phase === 'warmup').length,
    step: points.map(({ step }) => step), loss: column(({ loss }) => loss), lm: column(({ lm }) => lm), gate: column(({ gate }) => gate),
    learningRate: column(({ learningRate }) => learningRate), gradientNorm: column(({ gradientNorm }) => gradientNorm),
    tokens: points.map(({ tokens }) => tokens), skipped: points.map(({ skipped }) => Number(skipped)),
    entropy: column(({ router }) => router?.entropy ?? NaN), accuracy: column(({ router }) => router?.accuracy ?? NaN),
    drift: points.flatMap(({ drift }) => Array.from({ length: experts }, (_, e) => short(drift[e] ?? NaN))),
    load: grid('load'), probability: grid('probability'),
  };
}

/** 5 significant digits; JSON writes NaN and infinities as null. */
export function short(value: number): number {
  return Number(value.toPrecision(5));
}

function chunks<Item>(flat: readonly Item[], size: number): Item[][] {
  return Array.from({ length: flat.length / size }, (_, i) => flat.slice(i * size, (i + 1) * size));
}
