import { encodePrompt } from '../data/encode';
import type { EncodedRow } from '../data/rows';
import { Refusal } from '../errors/refusal';
import type { Answerer, ScoreOptions } from '../eval/answerer';
import type { HostModel } from '../fusion/assemble';
import { merge } from '../fusion/merge/merge';
import type { FusionRecipe } from '../fusion/recipe';
import type { LabelledRow } from '../model/batch';
import type { Contender } from './contender';
import type { Study } from './study';
import { denseEstimate, measure, optimiserOf, withDense } from './train';
import { trained } from './trained';

type Ids = readonly number[];

/** How an aggregator's prompt is made: each candidate's answer and a separator after it, then the prompt itself. */
export interface InstructForm {
  readonly separator: Ids;
  /** Most tokens of one answer. */
  readonly longest: number;
}

/** BOS, answer, separator, answer, separator, …, prompt. The prompt's own BOS goes to the front. */
export function instructPrompt(prompt: Ids, answers: readonly Ids[], { separator, longest }: InstructForm): number[] {
  return [...prompt.slice(0, 1), ...answers.flatMap((answer) => [...answer.slice(0, longest), ...separator]), ...prompt.slice(1)];
}

/** What the aligned models answer; a prompt is asked once. */
export class Candidates {
  private readonly known = new Map<string, readonly Ids[]>();

  constructor(private readonly members: readonly Answerer[], private readonly longest: number, private readonly eos: Ids) {}

  /** (prompts, M) token ids without EOS, or as far as there are until the signal is aborted. */
  async of(prompts: readonly Ids[], { signal }: ScoreOptions = {}): Promise<readonly (readonly Ids[])[]> {
    const fresh = [...new Map(prompts.map((prompt) => [prompt.join(' '), prompt] as const)).entries()].filter(([key]) => !this.known.has(key));
    const asked = fresh.map(([, prompt]) => prompt);
    const answers: (readonly Ids[])[] = [];
    for (const member of fresh.length === 0 ? [] : this.members) {
      const options = { maxNewTokens: this.longest + 1, eos: this.eos, ...(signal === undefined ? {} : { signal }) };
      const written = await member.greedy(asked, options);
      answers.push(written.map((ids) => ids.filter((id) => !this.eos.includes(id))));
    }
    const now = new Map(fresh.map(([key], i) => [key, answers.map((member) => member[i] ?? [])]));
    if (signal?.aborted !== true) for (const [key, some] of now) this.known.set(key, some);
    return prompts.map((prompt) => this.known.get(prompt.join(' ')) ?? now.get(prompt.join(' ')) ?? []);
  }
}

/** Answers and scores by a model that reads the candidates' answers before the prompt. */
export function instructAnswerer(name: string, inner: Answerer, candidates: Candidates, form: InstructForm): Answerer {
  return {
    name,
    greedy: async (prompts, options) => {
      const answers = await candidates.of(prompts, options);
      return inner.greedy(prompts.map((prompt, i) => instructPrompt(prompt, answers[i] ?? [], form)), options);
    },
    logProbs: async (rows, options) => inner.logProbs(await instructRows(rows, candidates, form, options), options),
    dispose: () => { inner.dispose(); },
  };
}

/** Rows whose prompts hold the candidates' answers. */
export async function instructRows<R extends EncodedRow>(
  rows: readonly R[], candidates: Candidates, form: InstructForm, options?: ScoreOptions,
): Promise<R[]> {
  const prompts = rows.map(({ ids, promptLength }) => [...ids.subarray(0, promptLength)]);
  const answers = await candidates.of(prompts, options);
  return rows.map((row, i) => {
    const prompt = instructPrompt(prompts[i] ?? [], answers[i] ?? [], form);
    return { ...row, ids: Uint32Array.from([...prompt, ...row.ids.subarray(row.promptLength)]), promptLength: prompt.length };
  });
}

interface InstructSettings {
  readonly start: 'base' | 'soup';
  readonly learningRate: number;
  readonly attention: boolean;
}

/** A row with three answers in it is as long as several. */
const LONG = 4;

/**
 * H3Fusion-Instruct (arXiv 2411.17792): a dense model that is tuned to answer from the prompt and the aligned models' answers to
 * it. The start and what trains are chosen on validation: the FFN as in fusion, and the attention with it, since no text that the
 * base has seen is as long as three answers and a prompt.
 */
export function instruct(recipe: FusionRecipe): Contender {
  return trained<InstructSettings>({
    id: 'instruct', name: 'H3Fusion-Instruct', paper: 'Tekin et al. 2024, arXiv 2411.17792',
    requirePossible: requireRoom,
    starts: () => (['base', 'soup'] as const).map((start) => ({ start, learningRate: 1e-3, attention: false })),
    moves: [(best) => [{ ...best, attention: true }], (best) => [{ ...best, learningRate: 2e-3 }]],
    estimate: (study) => LONG * (denseEstimate(recipe.steps + recipe.warmupSteps, recipe.batch) + study.size('validation') + study.size('test')),
    run: (study, settings, seed) => {
      const steps = recipe.steps + recipe.warmupSteps;
      return study.unit('instruct', { ...optimiserOf(recipe), ...settings, steps, batch: recipe.batch, seed }, async () => {
        const started = performance.now();
        const form = instructForm(study);
        const candidates = await candidatesOf(study, form);
        const rows = await instructRows(study.data.rows, candidates, form, study.signal === undefined ? {} : { signal: study.signal });
        study.requireNotAborted();
        const training = { ...settings, start: startOf(study, settings), rows: within(rows, study), steps, batch: recipe.batch, seed };
        return withDense(study, training, recipe, async (store) => {
          const seconds = (performance.now() - started) / 1000;
          const answerer = instructAnswerer('instruct', study.answerer('instruct', store), candidates, form);
          return { ...await measure(study, answerer, LONG), seconds };
        });
      });
    },
  });
}

function startOf({ data: { base, aligned } }: Study, { start }: InstructSettings): HostModel {
  return start === 'base' ? base : merge(base, aligned, { method: 'soup' });
}

/** As many tokens an answer as the context leaves beside the longest row. The separator is what a prompt of the world ends with. */
function instructForm({ data: { tokenizer, base, aligned, rows } }: Study): InstructForm {
  const separator = encodePrompt(tokenizer, '=>').slice(1);
  const longestRow = rows.reduce((most, { ids }) => Math.max(most, ids.length), 0);
  return { separator, longest: Math.max(0, Math.floor((base.config.context - longestRow) / aligned.length) - separator.length) };
}

function requireRoom(study: Study): void {
  const { base: { config: { context } }, aligned, rows } = study.data;
  const { separator, longest } = instructForm(study);
  if (longest > 0) return;
  throw new Refusal('too-long', {
    file: 'the rows of fusion', expected: `at most ${context - aligned.length * (separator.length + 1)} tokens a row, for H3Fusion-Instruct to read ${aligned.length} answers before it`,
    got: `${rows.reduce((most, { ids }) => Math.max(most, ids.length), 0)} tokens`, fix: 'shorten the row, or compare without it: --headline, or --only',
  });
}

const known = new WeakMap<Study, Candidates>();

/** The same for every training of a study: the answers do not change. */
async function candidatesOf(study: Study, { longest }: InstructForm): Promise<Candidates> {
  const found = known.get(study) ?? new Candidates((await study.members()).map((store) => study.answerer('candidate', store)), longest, study.eos);
  known.set(study, found);
  return found;
}

function within(rows: readonly LabelledRow[], { data: { base: { config: { context } } } }: Study): LabelledRow[] {
  return rows.map((row) => ({ ...row, ids: row.ids.slice(0, context) })).filter(({ ids, promptLength }) => ids.length > promptLength);
}
