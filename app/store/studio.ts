import { create } from 'zustand';
import type { AdapterCard, AnswerModel, BaselineId, EngineError, LedgerRow, Levers, ModelCard, ProgressStage, RunStatus, SourceModel } from '../../src/engine/protocol';
import { PRESETS, type RunRecipe } from '../../src/engine/recipe';
import type { Answer, AnswerSettings } from './answer';
import type { Evaluation } from './evaluation';
import type { Lesson } from './lesson';
import type { Mark } from './levers';
import type { Recording } from './recording';
import { type ChartView, WHOLE_VIEW } from './chart_view';
import type { Run } from './run';
import { NO_RUNS, RECORDED, type RunBook } from './run_book';
import type { RunRecord } from './run_record';
import type { Take } from './take';
import { type History, NO_HISTORY, type Steps } from './steps';
import { savedTheme, type Theme } from './theme';

/** Where a failure is shown: over the page, under the four models, over the curves, under the prompt, in place of the recorded run, over the scores, beside what is saved, over the page for a link, over the own models and rows, or, over every screen, for what nobody caught and for an engine that is gone. */
export type ErrorPlace = 'open' | 'fuse' | 'run' | 'watch' | 'recording' | 'evaluate' | 'save' | 'link' | 'own' | 'page';

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
  /** The other runs, and which of all are shown. */
  readonly book: RunBook;
  /** How the strips are drawn. */
  readonly chart: ChartView;
  /** How the levers of the run on screen stand, and where they were pulled. */
  readonly levers: Levers | undefined;
  readonly marks: readonly Mark[];
  /** What a run once was, shown where none has run here. */
  readonly recording: Recording | undefined;
  /** What the fused model wrote to prompts in the course of the run, in the order of its steps. */
  readonly takes: readonly Take[];
  /** The prompt that is answered again and again while a run learns. */
  readonly watched: string;
  /** The recorded prompt that plays by itself; undefined plays the watched one. */
  readonly recited: string | undefined;
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
  book: NO_RUNS,
  chart: WHOLE_VIEW,
  levers: undefined,
  marks: [],
  recording: undefined,
  takes: [],
  watched: '',
  recited: undefined,
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
  evaluation: { results: [], examined: undefined, tried: [], map: undefined, now: undefined },
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

/** What curves, heatmap and score show: the run in front, else that of this tab, else the recorded one. */
export function shownRecord(state: StudioState): RunRecord | undefined {
  return notThisTabs(state)?.record ?? state.record;
}

export function shownTakes(state: StudioState): readonly Take[] {
  return notThisTabs(state)?.takes ?? (state.record === undefined ? NONE : state.takes);
}

export function shownMarks(state: StudioState): readonly Mark[] {
  return notThisTabs(state)?.marks ?? state.marks;
}

/** What is shown ran before, or elsewhere. */
export function isRecorded(state: StudioState): boolean {
  return notThisTabs(state) !== undefined;
}

/** A run that is shown in place of this tab's: one that was put in front, or the recorded one while there is none. */
export function notThisTabs({ record, recording, book: { front, shelf } }: Pick<StudioState, 'record' | 'recording' | 'book'>): Omit<Run, 'name'> | undefined {
  const chosen = front === RECORDED ? recording : shelf.find(({ id }) => id === front);
  return chosen ?? (record === undefined ? recording : undefined);
}

/** The weights of a fused model exist. */
export function isFused({ record }: StudioState): boolean {
  return record !== undefined;
}

export function isTraining({ run }: StudioState): boolean {
  return run.phase === 'preparing' || run.phase === 'running' || run.phase === 'paused';
}
