import { BASELINES, type AnswerModel, type SourceModel } from '../../src/engine/protocol';
import { withoutFused } from './evaluation';
import { useInspect } from './inspect';
import { currentRun } from './runs';
import { IDLE, useStudio } from './studio';

/**
 * Other models stand in these places: their answers and scores are nobody's, nor is what is made of the three, nor the map and
 * the mixes, which are of all of them.
 */
export function forgetSources(models: readonly SourceModel[]): void {
  const gone: ReadonlySet<AnswerModel> = new Set([...models, ...BASELINES]);
  useStudio.setState(({ sourceAnswers, evaluation, answer, compared }) => ({
    sourceAnswers: without(sourceAnswers, gone),
    evaluation: { ...evaluation, results: evaluation.results.filter(({ model }) => !gone.has(model)), tried: [], map: undefined },
    answer: answer !== undefined && gone.has(answer.model) ? undefined : answer,
    compared: compared !== undefined && gone.has(compared.model) ? undefined : compared,
  }));
  useInspect.setState(({ sideAnswers }) => ({ sideAnswers: without(sideAnswers, gone) }));
}

/** The fused model was of other models and is gone; its run is one of the earlier ones now. */
export function forgetRun(): void {
  const before = currentRun(useStudio.getState());
  useStudio.setState(({ evaluation, who, answer, book }) => ({
    book: { ...book, current: undefined, shelf: before === undefined || before.record.count === 0 ? book.shelf : [...book.shelf, before] },
    run: IDLE, record: undefined, fusedWith: undefined, levers: undefined, marks: [], takes: [], cursor: undefined, stepped: undefined,
    who: who === 'fused' ? 'base' : who, answer: answer?.model === 'fused' ? undefined : answer,
    evaluation: withoutFused(evaluation),
  }));
  useInspect.setState(({ sideAnswers }) => ({ alone: undefined, sideAnswers: without(sideAnswers, new Set(['fused'])) }));
}

function without<Value>(answers: Readonly<Partial<Record<AnswerModel, Value>>>, gone: ReadonlySet<AnswerModel>): Partial<Record<AnswerModel, Value>> {
  return Object.fromEntries(Object.entries(answers).filter(([model]) => !gone.has(model as AnswerModel)));
}
