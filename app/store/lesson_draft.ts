import { create } from 'zustand';
import type { BreakName, PresetName } from '../../src/engine/recipe';
import type { InspectMode } from './inspect';
import { EMPTY_LESSON, type Lesson } from './lesson';

/** What a teacher has chosen so far: it outlives the dialog, so that one lock can be changed after a trial. */
export interface LessonChoices {
  readonly lesson: Lesson;
  /** Undefined, like mode and screen: as it is set now. */
  readonly preset: PresetName | BreakName | undefined;
  readonly mode: InspectMode | undefined;
  readonly screen: string | undefined;
  readonly prompt: string;
}

export const useLessonChoices = create<LessonChoices>(() => ({ lesson: EMPTY_LESSON, preset: undefined, mode: undefined, screen: undefined, prompt: '' }));
