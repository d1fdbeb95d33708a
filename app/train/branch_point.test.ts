import { expect, test } from 'vitest';
import { branchPoint } from './branch_point';

test('a run is forked from the last kept step that is not after the one shown', () => {
  expect(branchPoint([10, 20, 30], 25)).toEqual({ step: 20, before: 10, after: 30 });
  expect(branchPoint([10, 20, 30], Infinity)).toEqual({ step: 30, before: 20, after: undefined });
  expect(branchPoint([10, 20, 30], 3)).toEqual({ step: 10, before: undefined, after: 20 });
  expect(branchPoint([], 3)).toEqual({ step: undefined, before: undefined, after: undefined });
});
