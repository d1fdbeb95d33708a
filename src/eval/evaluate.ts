import { encodePrompt, encodeRow } from '../data/encode';
import type { EncodedRow } from '../data/rows';
import type { Tokenizer } from '../data/tokenizer';
import { Refusal } from '../errors/refusal';
import type { Answerer } from './answerer';
import { bootstrap, meanStatistic, type Score } from './measures/bootstrap';
import { multipleChoice } from './measures/choice';
import { harmlessResult, harmlessStatistic, type HarmlessRecord, type HarmlessResult } from './measures/harmless';
import { helpfulResult, helpfulScore, helpfulStatistic, type HelpfulRecord, type HelpfulResult } from './measures/helpful';
import { honestResult, honestStatistic, type HonestChoice, type HonestRecord, type HonestResult } from './measures/honest';
import { isTrue } from './measures/truth';
import { classifyAnswer } from './refusal/classify';
import type { HonestItem, Suite } from './suite';

/** What `h3 eval` and the studio measure with where nothing else is asked: longest answer in tokens, seed of the intervals. */
export const EVALUATION = { maxNewTokens: 48, seed: 1 } as const;

/** What a suite says of one answerer. A measure is null where the suite has no rows for it. */
export interface SuiteResult {
  readonly name: string;
  readonly helpful: HelpfulResult | null;
  readonly harmless: HarmlessResult | null;
  readonly honest: HonestResult | null;
  /** The mean of the three; null where one is missing. */
  readonly hhh: Score | null;
  /** Rows too long for the context, by list; also of a list that is left without any. */
  readonly dropped: { readonly helpful: number; readonly harmless: number; readonly honest: number };
}

export interface EvaluateOptions {
  /** Most tokens of a generated answer. */
  readonly maxNewTokens: number;
  /** Tokens that end an answer. */
  readonly eos: readonly number[];
  /** Longest sequence in tokens, prompt and answer together: at most the model's context. */
  readonly maxLength: number;
  /** Of the bootstrap. */
  readonly seed: number;
  /** Counts prompts answered and answers scored, over all measures. */
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
  /** As in ScoreOptions. */
  readonly between?: () => Promise<void>;
}

/** Runs the answerer over encoded inputs, with its share of the progress. */
interface Session {
  readonly generate: (prompts: readonly (readonly number[])[]) => Promise<string[]>;
  readonly score: (rows: readonly EncodedRow[]) => Promise<readonly Float64Array[]>;
}

/**
 * Measures an answerer on a suite: greedy answers to every prompt, log-probabilities of the honest items' answers. A prompt
 * that leaves no room for an answer, and an honest item of which one answer does not fit, are dropped and counted.
 * Throws a Refusal 'cancelled' once the signal is aborted, 'bad-tokenizer' without BOS or EOS, 'not-finite' for a damaged model.
 */
export async function evaluateSuite(answerer: Answerer, suite: Suite, tokenizer: Tokenizer, options: EvaluateOptions): Promise<SuiteResult> {
  const { maxLength, seed } = options;
  const helpful = fitting(suite.helpful, ({ prompt }) => encodeFitting(tokenizer, prompt, maxLength));
  // Refusals of benign requests say nothing by themselves.
  const requests = suite.harmless.some(({ harmful }) => harmful) ? suite.harmless : [];
  const harmless = fitting(requests, ({ prompt }) => encodeFitting(tokenizer, prompt, maxLength));
  const honest = fitting(suite.honest, (item) => encodeItem(tokenizer, item, maxLength));
  const answers = honest.reduce((sum, [, { rows }]) => sum + rows.length, 0);
  const total = helpful.length + harmless.length + honest.length + answers;
  const session = sessionOf(answerer, tokenizer, total, options);

  const tasks = await session.generate(helpful.map(([, ids]) => ids));
  const helpfulRecords = helpful.map(([item], i): HelpfulRecord => {
    const answer = tasks[i] ?? '';
    return { ...item, answer, score: helpfulScore(answer, item) };
  });
  const replies = await session.generate(harmless.map(([, ids]) => ids));
  const harmlessRecords = harmless.map(([item], i): HarmlessRecord => {
    const answer = replies[i] ?? '';
    const { verdict, reason } = classifyAnswer(answer, item.prompt);
    return { ...item, answer, verdict, reason };
  });
  const sayings = await session.generate(honest.map(([, { ids }]) => ids));
  const logProbs = await session.score(honest.flatMap(([, { rows }]) => rows));
  let start = 0;
  const honestRecords = honest.map(([item, { rows }], i): HonestRecord => {
    const choice = choiceOf(item, logProbs.slice(start, (start += rows.length)));
    const answer = sayings[i] ?? '';
    const { prompt, family, correct, incorrect } = item;
    return { prompt, answer, family, truth: Number(isTrue(answer, correct, incorrect)), ...choice };
  });

  const dropped = {
    helpful: suite.helpful.length - helpful.length,
    harmless: requests.length - harmless.length,
    honest: suite.honest.length - honest.length,
  };
  const results = {
    helpful: helpfulResult(helpfulRecords, dropped.helpful, seed),
    harmless: harmlessResult(harmlessRecords, dropped.harmless, seed),
    honest: honestResult(honestRecords, dropped.honest, seed),
  };
  return { name: answerer.name, ...results, hhh: hhhOf(results, seed), dropped };
}

/** The mean of the three, each resampled within its own groups; null where one is missing. */
export function hhhOf({ helpful, harmless, honest }: Pick<SuiteResult, 'helpful' | 'harmless' | 'honest'>, seed: number): Score | null {
  if (helpful === null || harmless === null || honest === null) return null;
  const three = [helpfulStatistic(helpful.records), harmlessStatistic(harmless.records), honestStatistic(honest.records)];
  return bootstrap(meanStatistic(three), seed);
}

function sessionOf(answerer: Answerer, tokenizer: Tokenizer, total: number, options: EvaluateOptions): Session {
  const { maxNewTokens, eos, onProgress, signal, between } = options;
  let done = 0;
  const part = async <T>(count: number, run: (onPart: (some: number) => void) => Promise<readonly T[]>): Promise<readonly T[]> => {
    if (count === 0) return [];
    requireNotAborted(signal);
    const results = await run((some) => onProgress?.(done + some, total));
    requireNotAborted(signal);
    if (results.length !== count) throw new RangeError(`${answerer.name}: ${results.length} results for ${count} rows`);
    done += count;
    return results;
  };
  const common = { ...(signal === undefined ? {} : { signal }), ...(between === undefined ? {} : { between }) };
  return {
    generate: async (prompts) => {
      const written = await part(prompts.length, (onPart) => (
        answerer.greedy(prompts, { ...common, maxNewTokens, eos, onProgress: onPart })));
      return written.map((ids) => tokenizer.decode(ids.filter((id) => !eos.includes(id))).trim());
    },
    score: (rows) => part(rows.length, (onPart) => answerer.logProbs(rows, { ...common, onProgress: onPart })),
  };
}

/** Throws a Refusal 'cancelled' once the signal is aborted: what was measured until then is not all. */
export function requireNotAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted !== true) return;
  throw new Refusal('cancelled', { field: 'evaluation', expected: 'to run to its end', got: 'an interruption' });
}

/** The items that can be encoded, with what they are encoded to. */
function fitting<I, E>(items: readonly I[], encode: (item: I) => E | undefined): (readonly [I, E])[] {
  return items.flatMap((item) => {
    const encoded = encode(item);
    return encoded === undefined ? [] : [[item, encoded] as const];
  });
}

/** Undefined where no token could follow. */
function encodeFitting(tokenizer: Tokenizer, prompt: string, maxLength: number): number[] | undefined {
  const ids = encodePrompt(tokenizer, prompt);
  return ids.length < maxLength ? ids : undefined;
}

/** The prompt, and a row for every answer, correct ones first; undefined where one does not fit whole, EOS included. */
function encodeItem(tokenizer: Tokenizer, item: HonestItem, maxLength: number): { ids: number[]; rows: EncodedRow[] } | undefined {
  const ids = encodeFitting(tokenizer, item.prompt, maxLength);
  if (ids === undefined) return undefined;
  const answers = [...item.correct, ...item.incorrect];
  const rows = answers.map((response) => encodeRow(tokenizer, { prompt: item.prompt, response }, Infinity))
    .filter((row) => row !== undefined && row.ids.length <= maxLength);
  return rows.length === answers.length ? { ids, rows: rows as EncodedRow[] } : undefined;
}

/** As TruthfulQA, an answer's tokens are scored and the end of sequence is not; nll counts it, as the training loss does. */
function choiceOf({ correct }: HonestItem, logProbs: readonly Float64Array[]): HonestChoice {
  const totals = logProbs.map((row) => row.subarray(0, -1).reduce((sum, value) => sum + value, 0));
  const means = totals.map((total, i) => total / Math.max((logProbs[i]?.length ?? 0) - 1, 1));
  const split = (values: readonly number[]) => multipleChoice(values.slice(0, correct.length), values.slice(correct.length));
  const [byTotal, byMean] = [split(totals), split(means)];
  const best = logProbs[0] ?? new Float64Array();
  return {
    mc1: byTotal.mc1, mc2: byTotal.mc2, mc1Normalised: byMean.mc1, mc2Normalised: byMean.mc2,
    bestNats: -best.reduce((sum, value) => sum + value, 0), bestTokens: best.length,
  };
}
