import type { AnswerModel, ExpertId, ProgressStage } from '../src/engine/protocol';
import type { Screen } from './shell/screens';
import { around } from './words/around';
import { driftMap } from './words/drift_map';
import { evaluate } from './words/evaluate';
import { fuse, recipe } from './words/fuse';
import { help } from './words/help';
import { alone, guess, modes, side } from './words/inspect';
import { fork, inspect, step, tokens } from './words/look';
import { notice } from './words/notice';
import { own } from './words/own';
import { radar } from './words/radar';
import { report } from './words/report';
import { save } from './words/save';
import { tradeoff } from './words/tradeoff';
import { train } from './words/train';
import { compare, watch } from './words/watch';

/**
 * Every word of the studio. Plain, present, short; the subject acts; a number has its unit; times are measured or left out.
 * "Probability" is before top-k, "share" after it.
 */
export const strings = {
  name: 'H3Fusion',
  documentTitle: (screen: string) => `${screen} · H3Fusion Studio`,
  models: {
    base: 'Base', helpful: 'Helpful', harmless: 'Harmless', honest: 'Honest', fused: 'Fused',
    soup: 'Model soup', 'task-arithmetic': 'Task arithmetic', ties: 'TIES', dare: 'DARE', slerp: 'SLERP',
    'ensemble-mean': 'Ensemble, mean', 'ensemble-perplexity': 'Ensemble, by prompt',
  } satisfies Record<AnswerModel, string>,
  tiles: { helpful: 'He', harmless: 'Ha', honest: 'Ho' } satisfies Record<ExpertId, string>,

  header: {
    skip: 'Skip to the screen',
    nav: 'Screens',
    screens: { watch: 'Watch', fuse: 'Fuse', train: 'Train', inspect: 'Inspect', evaluate: 'Evaluate' } satisfies Record<Screen, string>,
    tags: {
      recorded: 'Recorded run',
      earlier: 'Earlier run',
      opening: 'Loading',
      unavailable: 'No GPU',
      broken: 'Cannot run',
      ready: 'Ready',
      preparing: 'Preparing',
      live: 'Live on your GPU',
      liveSoftware: 'Live, in software',
      paused: (step: string) => `Paused at step ${step}`,
      failed: (step: string) => `Stopped by an error at step ${step}`,
    },
    stage: (stage: string, done: string, total: string) => `${stage}, ${done} of ${total}`,
    step: (step: string, total: string) => `step ${step} of ${total}`,
    left: (time: string) => `${time} left`,
    pause: 'Pause',
    resume: 'Resume',
    single: 'One step',
    stop: 'Stop',
    theme: { system: 'Theme: as the system', light: 'Theme: light', dark: 'Theme: dark' },
    share: 'Copy a link to what is set',
    linkCopied: 'Link copied',
    linkInBar: 'The link is in the address bar',
    help: 'Help',
    progress: 'Progress',
    softwareNote: 'computes on the processor',
  },

  stages: {
    models: 'Loading the models',
    data: 'Reading the datasets',
    assemble: 'Joining the experts',
    router: 'Fitting the router',
    compile: 'Compiling the kernels',
  } satisfies Record<ProgressStage, string>,

  hero: 'Three small models write one answer.',
  watch,

  fuse,
  recipe,
  own,

  train,

  inspect,
  tokens,
  step,
  fork,
  modes,
  alone,
  guess,
  side,

  compare,
  evaluate,
  radar,
  tradeoff,
  driftMap,
  save,
  report,

  around,
  notice,
  help,
} as const;
