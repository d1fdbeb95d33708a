import { beforeEach, expect, test } from 'vitest';
import type { DriftMap, EvaluatedModel, TriedMerge } from '../../src/engine/evaluation';
import type { AnswerModel } from '../../src/engine/protocol';
import { PRESETS } from '../../src/engine/recipe';
import { newAnswer } from './answer';
import { forgetRun, forgetSources } from './forget';
import { useInspect } from './inspect';
import { RunRecord } from './run_record';
import { useStudio } from './studio';

const ALL = ['base', 'helpful', 'fused', 'soup'] as const satisfies readonly AnswerModel[];

beforeEach(() => {
  useStudio.setState(useStudio.getInitialState());
  useInspect.setState({ ...useInspect.getInitialState(), sideAnswers: Object.fromEntries(ALL.map((model) => [model, newAnswer(model, 'p')])) });
  const map = { models: ALL.map((model) => ({ model })) } as unknown as DriftMap;
  useStudio.setState(({ evaluation }) => ({
    evaluation: { ...evaluation, results: ALL.map((model) => ({ model }) as EvaluatedModel), tried: [{} as TriedMerge], map },
  }));
});

test('of other models nothing stays that was measured of, or written by, those before: mixes, map and what stands side by side included', () => {
  forgetSources(['helpful']);
  const { results, tried, map } = useStudio.getState().evaluation;
  expect([results.map(({ model }) => model), tried, map]).toEqual([['base', 'fused'], [], undefined]);
  expect(Object.keys(useInspect.getState().sideAnswers)).toEqual(['base', 'fused']);
});

test('a fused model that is gone leaves map and answers, and its run goes to the shelf', () => {
  const record = new RunRecord(1, 3);
  record.count = 1;
  useStudio.setState(({ book }) => ({ record, fusedWith: PRESETS.default, book: { ...book, current: { id: 'r', name: 'Run 1', since: 1 } } }));
  forgetRun();
  const { book, evaluation: { results, map } } = useStudio.getState();
  expect([book.shelf.map(({ id }) => id), book.current]).toEqual([['r'], undefined]);
  expect([results, map?.models].map((models) => models?.map(({ model }) => model))).toEqual([['base', 'helpful', 'soup'], ['base', 'helpful', 'soup']]);
  expect(Object.keys(useInspect.getState().sideAnswers)).toEqual(['base', 'helpful', 'soup']);
});
