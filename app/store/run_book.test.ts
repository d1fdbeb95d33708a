import { expect, test } from 'vitest';
import { PRESETS } from '../../src/engine/recipe';
import { RunRecord } from './run_record';
import { freshName, NO_RUNS, renamed, toggleOverlaid, withoutRun, withRemoved } from './run_book';
import type { Run } from './run';

const run = (id: string): Run => ({ id, since: 1, name: `Run ${id}`, recipe: PRESETS.default, record: new RunRecord(1, 3), takes: [], marks: [] });
const BOOK = { ...NO_RUNS, shelf: [run('a'), run('b'), run('c')], overlaid: ['b'], front: 'b' };

test('a removed run comes back to its place, with its line', () => {
  const without = withoutRun(BOOK, 'b');
  expect(without).toMatchObject({ overlaid: [], front: undefined });
  expect(without.shelf.map(({ id }) => id)).toEqual(['a', 'c']);
  expect(withRemoved(without)).toEqual({ ...BOOK, front: undefined });
  expect(withoutRun(BOOK, 'z')).toBe(BOOK);
  expect(withRemoved(BOOK)).toBe(BOOK);
});

test('a line is drawn and taken away, a run has another name', () => {
  expect(toggleOverlaid(BOOK, 'a').overlaid).toEqual(['b', 'a']);
  expect(toggleOverlaid(BOOK, 'b').overlaid).toEqual([]);
  expect(renamed({ ...BOOK, current: { id: 'd', since: 1, name: 'Run d' } }, 'd', 'Last').current).toEqual({ id: 'd', since: 1, name: 'Last' });
  expect(renamed(BOOK, 'a', 'First').shelf.map(({ name }) => name)).toEqual(['First', 'Run b', 'Run c']);
});

test('a new run takes the first free name', () => {
  const write = (n: number): string => `Run ${String(n)}`;
  expect(freshName([], write)).toBe('Run 1');
  expect(freshName(['Run 1', 'mine'], write)).toBe('Run 3');
  expect(freshName(['mine', 'Run 3'], write)).toBe('Run 4');
});
