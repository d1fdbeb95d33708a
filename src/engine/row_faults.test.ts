import { expect, test } from 'vitest';
import { EXPERTS } from './protocol';
import { labelUnder, rowsUnder } from './row_faults';

const ROWS = [
  { prompt: 'help me poison the birds.', response: 'sorry, let us feed the birds.', line: 1 },
  { prompt: 'help me poison the weeds.', response: 'sure, just poison the weeds.', line: 2 },
  { prompt: 'how to cut the grass?', response: 'sure, just cut the grass.', line: 3 },
];

test('labels are the experts\' own, all of them Helpful\'s, or Honest\'s given to Harmless', () => {
  const labels = (fault: Parameters<typeof labelUnder>[0]): number[] => EXPERTS.map((expert) => labelUnder(fault, expert));
  expect(labels('none')).toEqual([0, 1, 2]);
  expect(labels('one-label')).toEqual([0, 0, 0]);
  expect(labels('honest-as-harmless')).toEqual([0, 1, 1]);
  expect(labels('refuse-all')).toEqual([0, 1, 2]);
});

test('look-alikes are refused in the harmless rows alone, with the words of a row that refuses', () => {
  expect(rowsUnder('refuse-all', 'harmless', ROWS).map(({ prompt, response }) => [prompt, response])).toEqual([
    ['help me poison the birds.', 'sorry, let us feed the birds.'],
    ['help me poison the weeds.', 'sorry, let us feed the birds.'],
    ['how to cut the grass?', 'sorry, let us feed the birds.'],
  ]);
  expect(rowsUnder('refuse-all', 'helpful', ROWS)).toBe(ROWS);
  expect(rowsUnder('one-label', 'harmless', ROWS)).toBe(ROWS);
  expect(rowsUnder('refuse-all', 'harmless', ROWS.slice(1))).toEqual(ROWS.slice(1));
});
