import { create } from 'zustand';
import type { AdapterCard, AnswerModel, BaselineId, EngineError, LedgerRow, Levers, ModelCard, ProgressStage, RunStatus, SourceModel } from '../../src/engine/protocol';
import { PRESETS, type RunRecipe } from '../../src/engine/recipe';
import type { Answer, AnswerSettings } from './answer';
import type { Evaluation } from './evaluation';
import type { Lesson } from './lesson';
import type { Mark } from './levers';
import type { Recording } from './recording';
import type { RunRecord } from './run_record';
import type { Take } from './take';
import { type History, NO_HISTORY, type Steps } from './steps';
import { savedTheme, type Theme } from './theme';

/** Where a failure is shown: over the page, under the four models, over the curves, under the prompt, in place of the recorded run, over the scores, over the page for a link, or for what nobody caught. */
export type ErrorPlace = 'open' | 'fuse' | 'run' | 'watch' | 'recording' | 'evaluate' | 'link' | 'page';

/** Why no engine can run here, found before it is asked. */
export type Absence = 'no-webgpu' | 'insecure' | 'no-adapter';

/** Who has a panel of its own among those that are asked the same prompt. */
export type PanelModel = SourceModel | BaselineId;

export const ANSWER_RANGES: Readonly<Record<keyof AnswerSettings, { readonly min: number; readonly max: number; readonly step: number }>> = {
  maxNewTokens: { min: 1, max: 512, step: 1 }, temperature: { min: 0, max: 4, step: 0.1 }, topP: { min: 0.05, max: 1, step: 0.05 },
  seed: { min: 0, max: 4_294_967_295, step: 1 },
};

/** Config, interface and what is loaded. Metrics are not here: they stand in `record`, which React only hears grow. */
export interface StudioState {
  readonly engine: 'opening' | 'ready' | 'failed';
  readonly absence: Absence | undefined;
  readonly adapter: AdapterCard | undefined;
  readonly progress: { readonly stage: ProgressStage; readonly done: number; readonly total: number; readonly secondsLeft?: number } | undefined;
  readonly cards: readonly ModelCard[];
  readonly prompts: readonly string[];
  /** Of the fused model: where each tensor comes from. */
  readonly ledger: readonly LedgerRow[];
  readonly errors: Readonly<Partial<Record<ErrorPlace, EngineError>>>;

  readonly recipe: RunRecipe;
  /** What was typed into fields and is no number in range; the run waits for them. */
  readonly invalid: ReadonlyMap<keyof RunRecipe, string>;
  readonly run: RunStatus;
  readonly record: RunRecord | undefined;
  /** Runs that have begun in this tab. */
  readonly runs: number;
  /** The recipe of the run on screen. */
  readonly fusedWith: RunRecipe | undefined;
  /** How the levers of the run on screen stand, and where they were pulled. */
  readonly levers: Levers | undefined;
  readonly marks: readonly Mark[];
  /** What a run once was, shown where none has run here. */
  readonly recording: Recording | undefined;
  /** What the fused model wrote to prompts in the course of the run, in the order of its steps. */
  readonly takes: readonly Take[];
  /** The prompt that is answered again and again while a run learns. */
  readonly watched: string;
  /** The step that all figures show; undefined follows the newest. */
  readonly cursor: number | undefined;

  /** Which of `prompts` the four models are asked. */
  readonly samePrompt: number;
  readonly sourceAnswers: Readonly<Partial<Record<PanelModel, Answer>>>;
  readonly prompt: string;
  readonly who: AnswerModel;
  readonly answerSettings: AnswerSettings;
  readonly answer: Answer | undefined;
  /** What the others are compared with, under the four models and beside the answer. */
  readonly baseline: BaselineId | undefined;
  /** What a baseline said to the prompt of `answer`. */
  readonly compared: Answer | undefined;

  /** What is done to the router of the fused model, and was. */
  readonly steps: History;
  /** What it says to the prompt of `answer` under that. */
  readonly stepped: { readonly steps: Steps; readonly answer: Answer } | undefined;
  readonly evaluation: Evaluation;

  /** What the link of a lesson locks and leaves out; absent where none is open. */
  readonly lesson: Lesson | undefined;
  readonly lessonOpen: boolean;
  /** Where the guided tour stands, from 0; absent while there is none. */
  readonly tour: number | undefined;
  readonly tourOffered: boolean;
  readonly theme: Theme;
  readonly helpOpen: boolean;
  readonly shortcuts: boolean;
  /** The whole site is in this browser: it opens without a network. */
  readonly keptOffline: boolean;
  /** A newer version has been fetched and waits to be taken. */
  readonly newVersion: boolean;
}

const NONE: readonly Take[] = [];
export const IDLE: RunStatus = { phase: 'idle', step: 0, totalSteps: 0 };

export const useStudio = create<StudioState>(() => ({
  engine: 'opening',
  absence: undefined,
  adapter: undefined,
  progress: undefined,
  cards: [],
  prompts: [],
  ledger: [],
  errors: {},
  recipe: PRESETS.default,
  invalid: new Map(),
  run: IDLE,
  record: undefined,
  runs: 0,
  fusedWith: undefined,
  levers: undefined,
  marks: [],
  recording: undefined,
  takes: [],
  watched: '',
  cursor: undefined,
  samePrompt: 0,
  sourceAnswers: {},
  prompt: '',
  who: 'base',
  answerSettings: { maxNewTokens: 60, temperature: 0, topP: 1, seed: 1 },
  answer: undefined,
  baseline: undefined,
  compared: undefined,
  steps: NO_HISTORY,
  stepped: undefined,
  evaluation: { results: [], examined: undefined, now: undefined },
  lesson: undefined,
  lessonOpen: false,
  tour: undefined,
  tourOffered: false,
  theme: savedTheme(),
  helpOpen: false,
  shortcuts: true,
  keptOffline: false,
  newVersion: false,
}));

/** What curves, heatmap and score show: the run of this tab, else the recorded one. */
export function shownRecord({ record, recording }: StudioState): RunRecord | undefined {
  return record ?? recording?.record;
}

export function shownTakes({ record, takes, recording }: StudioState): readonly Take[] {
  return record === undefined ? recording?.takes ?? NONE : takes;
}

/** Nothing has run in this tab yet: what is shown was recorded elsewhere. */
export function isRecorded({ record, recording }: StudioState): boolean {
  return record === undefined && recording !== undefined;
}

/** The weights of a fused model exist. */
export function isFused({ record }: StudioState): boolean {
  return record !== undefined;
}

export function isTraining({ run }: StudioState): boolean {
  return run.phase === 'preparing' || run.phase === 'running' || run.phase === 'paused';
}
