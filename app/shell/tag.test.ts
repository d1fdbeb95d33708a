import { expect, test } from 'vitest';
import { RunRecord } from '../store/run_record';
import { PRESETS } from '../../src/engine/recipe';
import { useStudio } from '../store/studio';
import { tagKind, tagText, toldOn } from './tag';

test('an earlier run in front is named on the screens that show it; elsewhere the model of this tab is what is shown', () => {
  const run = { id: 'r', name: 'Run 1', since: 1, recipe: PRESETS.default, record: new RunRecord(2, 3), takes: [], marks: [] };
  const state = useStudio.getInitialState();
  const told = { ...state, engine: 'ready', record: new RunRecord(2, 3), run: { phase: 'running', step: 1, totalSteps: 2 }, book: { ...state.book, shelf: [run], front: 'r' } } as const;
  expect((['watch', 'train', 'fuse', 'inspect', 'evaluate'] as const).map((screen) => tagText(toldOn(screen, told)))).toEqual([
    'Earlier run', 'Earlier run', 'Live on your GPU', 'Live on your GPU', 'Live on your GPU',
  ]);
  expect([tagKind(toldOn('train', told)), tagKind(toldOn('inspect', told))]).toEqual(['recorded', 'live']);
});
