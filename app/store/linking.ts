import type { RunRecipe } from '../../src/engine/recipe';
import { beginStepped } from './asking';
import { dismiss, errorOf, show } from './connection';
import { type InspectMode, useInspect } from './inspect';
import type { Lesson } from './lesson';
import { type Linked, linkOf, readLink } from './link';
import { useOwn } from './own';
import { type StudioState, useStudio } from './studio';
import { widestPrompt } from './take';

function linked(): Linked {
  const { recipe, prompt, watched, answerSettings, baseline, steps, lesson, chart, who } = useStudio.getState();
  const { mode, chosen } = useInspect.getState();
  return { recipe, prompt, watched, answerSettings, baseline, steps: steps.now, lesson, mode, chosen, chart, who };
}

function address(screen: string, state: Linked): string {
  const page = location.href.split('#')[0] ?? '';
  return `${page}#${screen}?${linkOf(state, { ...useStudio.getInitialState(), ...useInspect.getInitialState() })}`;
}

/** A link to a screen with all that is set now. */
export function currentLink(screen: string): string {
  return address(screen, linked());
}

/** Of the state that links carry, what the address of a reload has to say: prompts that nobody set are filled in again. */
function unlikeStart(): Linked {
  const now = linked();
  const { prompts: [first], recording } = useStudio.getState();
  const opening = recording === undefined ? first : widestPrompt(recording.takes);
  return { ...now, prompt: now.prompt === first ? '' : now.prompt, watched: now.watched === opening ? '' : now.watched };
}

/** The address as it was written or heard last: another one is a link that has not been heard yet. */
let heard = '';

function rewrite(link: string): void {
  history.replaceState(TAKEN, '', link);
  heard = location.hash;
}

/** At most so often is the address written, in ms: browsers allow no more than some per second. */
const WRITES = 500;
const CARRIED = ['recipe', 'prompt', 'watched', 'answerSettings', 'baseline', 'steps', 'lesson', 'chart', 'who'] as const satisfies readonly (keyof StudioState)[];

/** From now on the address says what is set, so that a reload loses nothing of it. */
export function keepAddress(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = (): void => {
    timer = undefined;
    if (location.hash !== heard) return;
    const link = address(location.hash.slice(1).split('?')[0] ?? '', unlikeStart());
    const plain = link.endsWith('?v=1');
    // An address without a link stays as short as it is.
    if (plain && !location.hash.includes('?')) return;
    rewrite(plain ? link.slice(0, -'?v=1'.length) : link);
  };
  const later = (): void => { timer ??= setTimeout(write, WRITES); };
  useStudio.subscribe((now, before) => { if (CARRIED.some((field) => now[field] !== before[field])) later(); });
  useInspect.subscribe((now, before) => { if (now.mode !== before.mode || now.chosen !== before.chosen) later(); });
  heard = location.hash;
  addEventListener('hashchange', () => {
    heard = location.hash;
    later();
  });
}

/** What a teacher chooses; what is left open is as it is set now. */
export interface LessonDraft {
  readonly screen: string;
  readonly recipe: RunRecipe | undefined;
  readonly mode: InspectMode;
  /** Empty: as it is set now. */
  readonly prompt: string;
  readonly lesson: Lesson;
}

export function lessonLink({ screen, recipe, mode, prompt, lesson }: LessonDraft): string {
  const now = linked();
  const asked = prompt.trim() === '' ? {} : { prompt, watched: prompt };
  return address(screen, { ...now, ...asked, recipe: recipe === undefined ? now.recipe : { ...recipe, seed: now.recipe.seed }, mode, lesson });
}

/** The query of the lesson that is open: a reload at a screen's plain address begins it anew instead of ending it. */
const KEPT = 'h3fusion.lesson';

/**
 * Takes over what the address says: a link leaves out what is as at the start, so that it is read over that. An address without a
 * link, as when a screen is changed, changes nothing; of a link that does not fit nothing is taken, and it is said why.
 */
export function openLink(hash: string): void {
  if (!hash.includes('?')) return;
  const query = hash.slice(hash.indexOf('?') + 1);
  const { recipe, answerSettings, baseline, steps: { now }, lesson, chart, ...others } = useStudio.getInitialState();
  const inspect = useInspect.getInitialState();
  try {
    const { who, ...set } = linked();
    // Whoever was fused here answers on.
    const start = { ...set, who: who === 'fused' ? who : others.who, recipe, answerSettings, baseline, steps: now, lesson, chart, mode: inspect.mode, chosen: inspect.chosen };
    const { steps, mode, chosen, ...taken } = readLink(query, start);
    useInspect.setState({ mode, chosen });
    beginStepped();
    useStudio.setState({ ...taken, invalid: new Map(), steps: { past: [], now: steps, future: [] }, stepped: undefined, recited: undefined });
    // What was weighed was another recipe; Fuse weighs this one when it is opened.
    useOwn.setState({ memory: undefined });
    keep(taken.lesson === undefined ? undefined : query);
    dismiss('link');
  } catch (failure) {
    show('link', errorOf(failure));
  }
}

/** Marks an entry of the tab's history whose link was taken: the way back to it leads to its screen, and sets nothing again. */
const TAKEN = { linkTaken: true };

/** The address has changed: by a pasted link, by a change of screen, or by the way back. */
export function openChanged(hash: string): void {
  if ((history.state as Partial<typeof TAKEN> | null)?.linkTaken !== true) take(hash);
}

function take(hash: string): void {
  openLink(hash);
  if (hash.includes('?')) history.replaceState(TAKEN, '');
}

/** When the page opens: a lesson that was open in this tab goes on. */
export function openFirst(hash: string): void {
  const kept = hash.includes('?') ? undefined : keptQuery();
  if (kept === undefined) {
    take(hash);
    return;
  }
  openLink(`${hash}?${kept}`);
  // Of a version that is gone: it would be refused at every reload.
  if (useStudio.getState().errors.link !== undefined) keep(undefined);
}

/** All controls are there again; what was set stays. */
export function leaveLesson(screen: string): void {
  useStudio.setState({ lesson: undefined });
  keep(undefined);
  rewrite(currentLink(screen));
}

// Storage may be blocked: a reload then ends the lesson.
function keep(query: string | undefined): void {
  try {
    if (query === undefined) sessionStorage.removeItem(KEPT);
    else sessionStorage.setItem(KEPT, query);
  } catch {
    return;
  }
}

function keptQuery(): string | undefined {
  try {
    return sessionStorage.getItem(KEPT) ?? undefined;
  } catch {
    return undefined;
  }
}
