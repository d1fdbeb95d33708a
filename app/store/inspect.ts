import { create } from 'zustand';
import { type AnswerModel, BASELINES, EXPERTS, type ExpertId, type Voice } from '../../src/engine/protocol';
import type { Answer } from './answer';

/** What the visitor does on the screen that takes a model apart. */
export const INSPECT_MODES = ['look', 'guess', 'side'] as const;
export type InspectMode = (typeof INSPECT_MODES)[number];

/** In this order they stand side by side. */
export const SIDE_MODELS: readonly AnswerModel[] = [...EXPERTS, 'fused', 'base', ...BASELINES];

/** What the fused model and each expert alone say at one token of an answer. */
export interface Alone {
  /** Names prompt, place and run: the same question is not asked twice. */
  readonly key: string;
  readonly state: 'waiting' | 'told' | 'stopped';
  readonly voices: readonly Voice[];
  /** Steps of the run after which they were asked. */
  readonly step: number | undefined;
}

export type GuessKind = 'word' | 'whole';

/** One answer, written out of sight, and what was guessed of it so far. */
export interface Round {
  readonly kind: GuessKind;
  /** Whole; every token that is guessed has a routing. */
  readonly answer: Answer;
  readonly recorded: boolean;
  readonly guesses: readonly ExpertId[];
}

export interface Tally {
  readonly right: number;
  readonly of: number;
}

interface InspectState {
  readonly mode: InspectMode;
  readonly alone: Alone | undefined;
  readonly kind: GuessKind;
  readonly round: Round | undefined;
  /** The answer that the next round waits for. */
  readonly hidden: Answer | undefined;
  /** There was no answer to guess at. */
  readonly nothing: boolean;
  readonly tally: Readonly<Record<GuessKind, Tally>>;
  /** Who answers side by side. */
  readonly chosen: readonly AnswerModel[];
  readonly sideAnswers: Readonly<Partial<Record<AnswerModel, Answer>>>;
  /** Runs that had begun when the fused model was asked there. */
  readonly sideRuns: number;
}

/** Kept over a change of screen: no guess and no answer is lost by it. */
export const useInspect = create<InspectState>(() => ({
  mode: 'look',
  alone: undefined,
  kind: 'word',
  round: undefined,
  hidden: undefined,
  nothing: false,
  tally: { word: { right: 0, of: 0 }, whole: { right: 0, of: 0 } },
  chosen: ['helpful', 'harmless', 'honest', 'fused'],
  sideAnswers: {},
  sideRuns: 0,
}));
