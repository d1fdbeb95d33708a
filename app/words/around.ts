import type { Hold, LessonPart } from '../store/lesson';
import type { TourDeed, TourId } from '../store/tour';

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
    broken: 'Broken on purpose',
    mode: 'Inspect begins with',
    prompt: 'Prompt',
    asNow: 'as it is set now',
    holds: { free: 'free', locked: 'locked', hidden: 'hidden' } satisfies Record<Hold, string>,
    parts: {
      presets: 'Recipes by name', recipe: 'Settings of the recipe', fuse: 'Fuse it here', run: 'Pause, step, stop', levers: 'Levers',
      prompt: 'Prompt', answer: 'Settings of the answer', compare: 'For comparison', step: 'Step in', measure: 'Measure', own: 'Own models and rows',
    } satisfies Record<LessonPart, string>,
    locked: (part: string) => `${part}: locked in this lesson. “Leave the lesson” at the top unlocks it.`,
    without: 'Leave out',
    large: 'Large type, for a projector',
    link: 'The link',
    copy: 'Copy the link',
  },
  tour: {
    offer: 'New here? Eight stops lead from this page to an expert that is muted.',
    start: 'Take the tour',
    notNow: 'Not now',
    count: (at: string, of: string) => `Stop ${at} of ${of}. Space or arrows move, Esc ends.`,
    end: 'End the tour',
    back: 'Back',
    next: 'Next',
    finish: 'Finish',
    steps: {
      score: { title: 'The answer is a score', text: 'One model writes it, with three experts inside. Under each word, three lanes show which of them the router called, and how much.' },
      gate: { title: 'Every word is a point', text: 'Three probabilities make a point in a triangle: the nearer to a corner, the surer the router is of that expert.' },
      rewind: { title: 'Drag back in time', text: 'The line is the gate loss of the run. Its ring leads back to what the model wrote before the router had learned.' },
      models: { title: 'Three tempers, one base', text: 'These are the models that are fused. Ask all four the same, and read how differently they answer.' },
      fuse: { title: 'Fuse them', text: 'The three become experts of one model, and a router learns whom to call. It runs on this machine, and nothing is uploaded.' },
      strips: { title: 'Watch it learn', text: 'Each strip is one part of the loss, on one axis of steps. Pause, take single steps, or pull a lever while it runs.' },
      ask: { title: 'Ask the model you made', text: 'Choose Fused, type a prompt, and every layer’s router is drawn below, word by word.' },
      mute: { title: 'Mute Harmless', text: 'Take one expert out and the same prompt is answered again. The title says at which word the two answers part.' },
    } satisfies Record<TourId, { title: string; text: string }>,
    deeds: {
      fuse: { name: 'Fuse it here', waits: 'It waits until the models and the GPU are ready, or a lesson has locked it.', done: 'A run has begun.' },
      ask: { name: 'Ask Fused', waits: 'There is no fused model to ask yet, or a lesson has locked it.', done: 'Fused has been asked.' },
      mute: { name: 'Mute Harmless', waits: 'There is no fused model yet, or a lesson has locked it.', done: 'Harmless is muted. Undo brings it back.' },
    } satisfies Record<TourDeed, { name: string; waits: string; done: string }>,
  },
} as const;
