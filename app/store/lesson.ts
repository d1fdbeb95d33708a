/** Controls that a lesson can lock, by the name that its link has for them. */
export const LESSON_PARTS = ['presets', 'recipe', 'fuse', 'run', 'levers', 'prompt', 'answer', 'compare', 'step', 'measure', 'own'] as const;
export type LessonPart = (typeof LESSON_PARTS)[number];
/** What is asked stays to be read. */
export const HIDEABLE_PARTS: readonly LessonPart[] = LESSON_PARTS.filter((part) => part !== 'prompt');

/** Screens that a lesson can do without; the landing page is always there. */
export const LESSON_SCREENS = ['fuse', 'train', 'inspect', 'evaluate'] as const;
export type LessonScreen = (typeof LESSON_SCREENS)[number];

/** What a lesson's link takes from the controls. */
export interface Lesson {
  readonly locked: readonly LessonPart[];
  readonly hidden: readonly LessonPart[];
  readonly without: readonly LessonScreen[];
  /** Type for a wall instead of a desk. */
  readonly large: boolean;
}

export const EMPTY_LESSON: Lesson = { locked: [], hidden: [], without: [], large: false };

export type Hold = 'free' | 'locked' | 'hidden';

/** What is both locked and hidden is hidden. */
export function holdOf(lesson: Lesson | undefined, part: LessonPart): Hold {
  if (lesson?.hidden.includes(part) === true) return 'hidden';
  return lesson?.locked.includes(part) === true ? 'locked' : 'free';
}

export function withHold(lesson: Lesson, part: LessonPart, hold: Hold): Lesson {
  const without = (parts: readonly LessonPart[]): readonly LessonPart[] => parts.filter((other) => other !== part);
  const [locked, hidden] = [without(lesson.locked), without(lesson.hidden)];
  return { ...lesson, locked: hold === 'locked' ? [...locked, part] : locked, hidden: hold === 'hidden' ? [...hidden, part] : hidden };
}
