import { askInspected, stepIn } from './stepping';
import { fuse } from './actions';
import { isBusy } from './answer';
import { useInspect } from './inspect';
import { holdOf, type LessonPart } from './lesson';
import { toggleMuted } from './steps';
import { isFused, isTraining, type StudioState, useStudio } from './studio';

/** The parts of the screens that the tour points at, in its order. */
export const TOUR = [
  { id: 'score', screen: 'watch' },
  { id: 'gate', screen: 'watch' },
  { id: 'rewind', screen: 'watch' },
  { id: 'models', screen: 'fuse' },
  { id: 'fuse', screen: 'fuse' },
  { id: 'strips', screen: 'train' },
  { id: 'ask', screen: 'inspect' },
  { id: 'mute', screen: 'inspect' },
] as const;
export type TourStep = (typeof TOUR)[number];
export type TourId = TourStep['id'];
/** Steps that have a deed of their own: what the visitor could press at the part itself. */
export type TourDeed = 'fuse' | 'ask' | 'mute';

const PART_OF: Readonly<Record<TourDeed, LessonPart>> = { fuse: 'fuse', ask: 'prompt', mute: 'step' };

export function deedOf(id: TourId): TourDeed | undefined {
  return id === 'fuse' || id === 'ask' || id === 'mute' ? id : undefined;
}

/** `waits`: it will be possible; `done`: there is nothing left to do. */
export function deedState(state: StudioState, deed: TourDeed): 'open' | 'waits' | 'done' {
  const fused = isFused(state);
  switch (deed) {
    case 'fuse': return fused || isTraining(state) ? 'done' : state.engine === 'ready' && state.invalid.size === 0 && isFree(state, deed) ? 'open' : 'waits';
    case 'ask': return !fused || !isFree(state, deed) ? 'waits' : state.answer?.model === 'fused' ? 'done' : isBusy(state.answer) ? 'waits' : 'open';
    case 'mute': return state.steps.now.muted.includes('harmless') ? 'done' : fused && isFree(state, deed) ? 'open' : 'waits';
  }
}

function isFree({ lesson }: StudioState, deed: TourDeed): boolean {
  return holdOf(lesson, PART_OF[deed]) === 'free';
}

/** Does it by the same action as the part itself. */
export function doDeed(deed: TourDeed): void {
  switch (deed) {
    case 'fuse': void fuse(); return;
    case 'ask':
      useStudio.setState({ who: 'fused' });
      void askInspected();
      return;
    case 'mute': stepIn(toggleMuted(useStudio.getState().steps.now, 'harmless')); return;
    default: deed satisfies never;
  }
}

/** Steps whose screen a lesson has left in. */
export function tourSteps({ lesson }: Pick<StudioState, 'lesson'>): readonly TourStep[] {
  const without: readonly string[] = lesson?.without ?? [];
  return TOUR.filter(({ screen }) => !without.includes(screen));
}

export function startTour(): void {
  useStudio.setState({ tour: 0, tourOffered: false, helpOpen: false });
}

/** The parts that the tour points at in Inspect are those of looking. */
export function arrive({ screen }: TourStep): void {
  if (screen === 'inspect') useInspect.setState({ mode: 'look' });
}

export function endTour(): void {
  useStudio.setState({ tour: undefined });
}

const KEY = 'h3fusion.tour';

/** Once in a browser: asked for a second time, it says no. Where storage is blocked, it is offered at every visit. */
export function isFirstVisit(): boolean {
  try {
    if (localStorage.getItem(KEY) !== null) return false;
    localStorage.setItem(KEY, 'offered');
  } catch {
    return true;
  }
  return true;
}
