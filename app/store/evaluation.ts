import type { EvaluatedModel, ExaminedModel } from '../../src/engine/evaluation';
import { BASELINES, EXPERTS, type AnswerModel } from '../../src/engine/protocol';
import { dismiss, engine, errorOf, show } from './connection';
import { Pace } from './pace';
import { useStudio } from './studio';

/** What was measured in this tab. Results stay until they are measured anew. */
export interface Evaluation {
  readonly results: readonly EvaluatedModel[];
  readonly examined: ExaminedModel | undefined;
  /** What is being measured; absent while nothing is. */
  readonly now: { readonly model: AnswerModel; readonly done: number; readonly total: number; readonly left: number; readonly secondsLeft?: number } | undefined;
}

let stop = new AbortController();

/** Everything that can be measured now: the four models and what is made of them, and the fused one where there is one. */
export function measurable(fused: boolean): readonly AnswerModel[] {
  return [...(fused ? ['fused' as const] : []), 'base', ...EXPERTS, ...BASELINES];
}

/** Measures models one after another on the test suite, each shown as soon as it is done; of the fused one also what its router does. */
export async function evaluate(models: readonly AnswerModel[]): Promise<void> {
  const client = engine();
  const { evaluation, record } = useStudio.getState();
  const [first] = models;
  if (client === undefined || first === undefined || evaluation.now !== undefined) return;
  stop = new AbortController();
  const { signal } = stop;
  dismiss('evaluate');
  const pace = new Pace();
  const progress = (model: AnswerModel, done: number, total: number, left: number): void => {
    const secondsLeft = pace.left(`${model} ${String(total)}`, done, total, performance.now());
    update({ now: { model, done, total, left, ...(secondsLeft === undefined ? {} : { secondsLeft }) } });
  };
  progress(first, 0, 0, models.length);
  /** A run that began since has another fused model: what is told of the one before is nobody's. */
  const replaced = (): boolean => useStudio.getState().record !== record;
  try {
    let measured = 0;
    await client.evaluate({ models, split: 'test' }, (result) => {
      measured += 1;
      if (result.model === 'fused' && replaced()) return;
      const others = useStudio.getState().evaluation.results.filter(({ model }) => model !== result.model);
      update({ results: [...others, result], ...(result.model === 'fused' ? { examined: undefined } : {}) });
    }, ({ model, done, total }) => { progress(model, done, total, models.length - measured); }, signal);
    if (models.includes('fused') && !signal.aborted && record !== undefined && !replaced()) {
      const examined = await client.examine(({ done, total }) => { progress('fused', done, total, 0); }, signal);
      if (examined !== undefined && !replaced()) update({ examined });
    }
  } catch (failure) {
    show('evaluate', errorOf(failure));
  } finally {
    update({ now: undefined });
  }
}

export function stopEvaluation(): void {
  stop.abort();
}

/** The fused model has changed: what was measured of it is another's. */
export function forgetFused(): void {
  const { results } = useStudio.getState().evaluation;
  update({ results: results.filter(({ model }) => model !== 'fused'), examined: undefined });
}

function update(change: Partial<Evaluation>): void {
  useStudio.setState(({ evaluation }) => ({ evaluation: { ...evaluation, ...change } }));
}
