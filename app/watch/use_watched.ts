import { useMemo } from 'react';
import { isWord } from '../store/called';
import { isRecorded, shownTakes, useStudio } from '../store/studio';
import { promptsOf, type Take, takeAt, takenSteps, widestPrompt } from '../store/take';

interface Watched {
  readonly prompt: string;
  readonly prompts: readonly string[];
  /** With it the recording begins, and it ends before it. */
  readonly opening: string | undefined;
  /** Steps at which the prompt was answered. */
  readonly stops: readonly number[];
  /** What was written by the step that the scrubber stands on. */
  readonly take: Take | undefined;
}

/** The prompt that is followed through the run, and what the run had written to it by the step that is shown. */
export function useWatched(): Watched {
  const takes = useStudio(shownTakes);
  const recorded = useStudio(isRecorded);
  const known = useStudio(({ prompts }) => prompts);
  const prompts = useMemo(() => (recorded ? promptsOf(takes) : known), [recorded, takes, known]);
  const opening = useMemo(() => (recorded ? widestPrompt(takes) : undefined), [recorded, takes]);
  const watched = useStudio((state) => (recorded ? state.recited ?? state.watched : state.watched));
  const cursor = useStudio((state) => state.cursor);
  // A recording answers what it was asked; a prompt of one's own waits for a model of this tab.
  const prompt = recorded && !prompts.includes(watched) ? opening ?? '' : watched;
  const stops = useMemo(() => takenSteps(takes, prompt), [takes, prompt]);
  return { prompt, prompts, opening, stops, take: takeAt(takes, prompt, cursor ?? Infinity) };
}

/** Of what is written the last word, not its comma; −1 where there is none. */
export function lastWord(tokens: readonly { readonly text: string }[]): number {
  return tokens.findLastIndex(({ text }) => isWord(text));
}
