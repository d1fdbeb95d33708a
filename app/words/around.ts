import type { Hold, LessonPart } from '../store/lesson';

/** What stands around the screens: versions, lessons, the tour. */
export const around = {
  version: {
    ready: 'A new version of the studio is ready.',
    readyInRun: 'A new version of the studio is ready. To reload ends the run of this tab.',
    reload: 'Reload',
    kept: 'The studio and its models are kept in this browser: it opens without a network.',
  },
  lesson: {
    line: 'This is a lesson: some controls are locked or left out.',
    leave: 'Leave the lesson',
    make: 'Make a lesson link',
    note: 'Whoever opens the link finds the studio as it is set now, with what you choose here. Nothing is sent anywhere.',
    opens: 'Opens on',
    preset: 'Recipe',
    prompt: 'Prompt',
    asNow: 'as it is set now',
    holds: { free: 'free', locked: 'locked', hidden: 'hidden' } satisfies Record<Hold, string>,
    parts: {
      presets: 'Recipes by name', recipe: 'Settings of the recipe', fuse: 'Fuse it here', run: 'Pause, step, stop', levers: 'Levers',
      prompt: 'Prompt', answer: 'Settings of the answer', compare: 'For comparison', step: 'Step in', measure: 'Measure',
    } satisfies Record<LessonPart, string>,
    locked: (part: string) => `${part}: locked in this lesson. “Leave the lesson” at the top unlocks it.`,
    without: 'Leave out',
    large: 'Large type, for a projector',
    link: 'The link',
    copy: 'Copy the link',
  },
} as const;
