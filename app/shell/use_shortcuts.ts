import { useEffect } from 'react';
import { EXPERTS } from '../../src/engine/protocol';
import { pause, resume, singleStep } from '../store/actions';
import { stopAnswer, stopSources } from '../store/asking';
import { stopAlone } from '../store/alone';
import { guess, isOver, stopRound } from '../store/guessing';
import { useInspect } from '../store/inspect';
import { holdOf, type LessonPart } from '../store/lesson';
import { stopSide } from '../store/side';
import { redo, undo } from '../store/stepping';
import { isTraining, useStudio } from '../store/studio';
import { goTo, SCREENS, screenOf } from './screens';

/** Elements that read keys themselves, and those that read Space alone. */
const OWN_KEYS = 'input, textarea, select, dialog, [role="grid"], [role="listbox"], [role="slider"]';
const OWN_SPACE = 'button, a, summary';

/** Text fields undo their own. */
function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('textarea, input:not([type="range"], [type="radio"], [type="checkbox"])') !== null;
}

/** The first keys name experts while there is something to guess. */
function isGuessing(): boolean {
  const { mode, round } = useInspect.getState();
  return screenOf(location.hash) === 'inspect' && mode === 'guess' && round !== undefined && !isOver(round);
}

/** The key map of the help dialog; single keys can be switched off there (WCAG 2.1.4). */
export function useShortcuts(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const state = useStudio.getState();
      const free = (part: LessonPart): boolean => holdOf(state.lesson, part) === 'free';
      // A cell that was unpinned, a dialog that was closed: that was what the key was for.
      if (event.defaultPrevented || (event.key === 'Escape' && (state.helpOpen || state.lessonOpen))) return;
      if (event.key === 'Escape') {
        stopAnswer();
        stopSources();
        stopAlone();
        stopRound();
        stopSide();
        return;
      }
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'z' && screenOf(location.hash) === 'inspect' && !state.helpOpen && !isTyping(event.target)) {
        if (!free('step') || useInspect.getState().mode !== 'look') return;
        if (event.shiftKey) redo();
        else undo();
        event.preventDefault();
        return;
      }
      const expert = EXPERTS[Number(event.key) - 1];
      const plain = state.shortcuts && !state.helpOpen && !state.lessonOpen && !event.ctrlKey && !event.metaKey && !event.altKey;
      if (expert !== undefined && plain && !isTyping(event.target) && isGuessing()) {
        guess(expert);
        event.preventDefault();
        return;
      }
      const own = event.key === ' ' ? `${OWN_KEYS}, ${OWN_SPACE}` : OWN_KEYS;
      const taken = event.target instanceof Element && event.target.closest(own) !== null;
      if (taken || !plain) return;
      const screen = SCREENS[Number(event.key) - 1];
      if (event.key !== ' ' && screen !== undefined) goTo(screen);
      else if (event.key === '?') useStudio.setState({ helpOpen: true });
      else if (event.key === '.' && isTraining(state) && free('run')) singleStep();
      else if (event.key === ' ' && free('run') && state.run.phase === 'running') pause();
      else if (event.key === ' ' && free('run') && state.run.phase === 'paused') resume();
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => { document.removeEventListener('keydown', onKey); };
  }, []);
}
