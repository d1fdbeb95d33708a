import type { DriftMap, EvaluatedModel, EvaluationProgress, ExaminedModel, TriedMerge } from '../../src/engine/evaluation';
import type { EngineClient } from '../../src/engine/client';
import { BASELINES, EXPERTS, type AnswerModel } from '../../src/engine/protocol';
import { dismiss, engine, errorOf, show } from './connection';
import { useStudio } from './studio';
import { Pace } from './pace';

/** What is being measured, and for which figure. */
export interface Measuring {
  readonly what: 'models' | 'try' | 'map';
  readonly model: AnswerModel;
  readonly done: number;
  readonly total: number;
  /** Models to go. */
  readonly left: number;
  /** Absent until there is something to measure it by. */
  readonly secondsLeft?: number;
}

/** What was measured in this tab. Results stay until they are measured anew. */
export interface Evaluation {
  readonly results: readonly EvaluatedModel[];
  readonly examined: ExaminedModel | undefined;
  /** Merges of other weights, in the order in which they were tried. */
  readonly tried: readonly TriedMerge[];
  readonly map: DriftMap | undefined;
  /** Absent while nothing is measured. */
  readonly now: Measuring | undefined;
}

let stop = new AbortController();

/** Everything that can be measured now: the four models and what is made of them, and the fused one where there is one. */
export function measurable(fused: boolean): readonly AnswerModel[] {
  return [...(fused ? ['fused' as const] : []), 'base', ...EXPERTS, ...BASELINES];
}

/** What can be drawn on the map of hidden states: an ensemble has none of its own. */
function mappable(fused: boolean): number {
  return measurable(fused).filter((model) => !model.startsWith('ensemble-')).length;
}

/** Measures models one after another on the test suite, each shown as soon as it is done; of the fused one also what its router does. */
export async function evaluate(models: readonly AnswerModel[]): Promise<void> {
  const { record } = useStudio.getState();
  const [first] = models;
  if (first === undefined) return;
  const examines = models.includes('fused') && record !== undefined;
  await measuring('models', first, models.length + (examines ? ABLATIONS : 0), async (client, signal, progress) => {
    let measured = 0;
    await client.evaluate({ models, split: 'test' }, (result) => {
      measured += 1;
      if (result.model === 'fused' && replaced(record)) return;
      const others = useStudio.getState().evaluation.results.filter(({ model }) => model !== result.model);
      update({ results: [...others, result], ...(result.model === 'fused' ? { examined: undefined } : {}) });
    }, (now) => { progress(now, measured, models.length - measured); }, signal);
    if (!examines || signal.aborted || replaced(record)) return;
    const examined = await client.examine((now) => { progress(now, models.length + Math.max(0, EXPERTS.findIndex((expert) => expert === now.part)), 0); }, signal);
    if (examined !== undefined && !replaced(record)) update({ examined });
  });
}

/** The fused model without each expert: as long as three models more. */
const ABLATIONS = EXPERTS.length;

/** One merge of other weights on a few validation rows: a point more on the map of trade-offs. */
export async function tryMerge(scales: readonly number[], limit: number): Promise<void> {
  await measuring('try', 'task-arithmetic', 1, async (client, signal, progress) => {
    const tried = await client.try({ scales, split: 'validation', limit }, (now) => { progress(now, 0, 0); }, signal);
    if (tried !== undefined) update({ tried: [...useStudio.getState().evaluation.tried, tried] });
  });
}

/** Takes the last tried merge off the map. */
export function undoTry(): void {
  update({ tried: useStudio.getState().evaluation.tried.slice(0, -1) });
}

/** Where every model stands by its hidden states. */
export async function drawMap(): Promise<void> {
  const { record } = useStudio.getState();
  const count = mappable(record !== undefined);
  await measuring('map', 'base', count, async (client, signal, progress) => {
    let finished = 0;
    const map = await client.map((now) => {
      progress(now, finished, count - finished);
      if (now.done === now.total) finished += 1;
    }, signal);
    if (map !== undefined) update({ map: replaced(record) ? mapWithoutFused(map) : map });
  });
}

export function stopEvaluation(): void {
  stop.abort();
}

/** The fused model has changed: what was measured of it is another's. */
export function forgetFused(): void {
  update(withoutFused(useStudio.getState().evaluation));
}

/** What was measured of all but the fused model. */
export function withoutFused(evaluation: Evaluation): Evaluation {
  const { results, map } = evaluation;
  return { ...evaluation, results: results.filter(({ model }) => model !== 'fused'), examined: undefined, map: map && mapWithoutFused(map) };
}

/** A run that began since has another fused model: what is told of the one before is nobody's. */
function replaced(record: unknown): boolean {
  return useStudio.getState().record !== record;
}

function mapWithoutFused(map: DriftMap): DriftMap {
  return { ...map, models: map.models.filter(({ model }) => model !== 'fused') };
}

/** Told how far a model is, how many parts were finished before it, and how many models are to go. */
type Progress = (now: EvaluationProgress, before: number, left: number) => void;

/** One measurement at a time; what fails is told at its place. @param parts of about the same length, for the time left */
async function measuring(
  what: Measuring['what'], first: AnswerModel, parts: number, work: (client: EngineClient, signal: AbortSignal, progress: Progress) => Promise<void>,
): Promise<void> {
  const client = engine();
  if (client === undefined || useStudio.getState().evaluation.now !== undefined) return;
  stop = new AbortController();
  dismiss('evaluate');
  const pace = new Pace();
  pace.left(what, 0, parts, performance.now());
  update({ now: { what, model: first, done: 0, total: 0, left: parts } });
  try {
    await work(client, stop.signal, ({ model, done, total }, before, left) => {
      const secondsLeft = pace.left(what, before + done / Math.max(1, total), parts, performance.now());
      update({ now: { what, model, done, total, left, ...(secondsLeft === undefined ? {} : { secondsLeft }) } });
    });
  } catch (failure) {
    show('evaluate', errorOf(failure));
  } finally {
    update({ now: undefined });
  }
}

function update(change: Partial<Evaluation>): void {
  useStudio.setState(({ evaluation }) => ({ evaluation: { ...evaluation, ...change } }));
}
