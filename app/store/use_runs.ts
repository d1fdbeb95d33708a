import { useMemo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { Run } from './run';
import { allRuns, frontId, type RunParts } from './runs';
import { type StudioState, useStudio } from './studio';

function parts({ record, recording, fusedWith, takes, marks, book }: StudioState): RunParts {
  return { record, recording, fusedWith, takes, marks, book };
}

/** All runs there are, oldest first. */
export function useRuns(): readonly Run[] {
  const state = useStudio(useShallow(parts));
  return useMemo(() => allRuns(state), [state]);
}

/** The run in front, then those whose lines are drawn too. */
export function useShownRuns(): readonly Run[] {
  const runs = useRuns();
  const front = useStudio(frontId);
  const overlaid = useStudio(({ book }) => book.overlaid);
  return useMemo(() => {
    const first = runs.find(({ id }) => id === front);
    return first === undefined ? [] : [first, ...runs.filter(({ id }) => id !== front && overlaid.includes(id))];
  }, [runs, front, overlaid]);
}
