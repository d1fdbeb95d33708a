import type { RunId } from './names';
import type { RecipeNumber, RunRecipe } from './recipe';

/** Where a run goes on: the weights of another one after a step. */
export interface ForkPoint {
  readonly run: RunId;
  readonly step: number;
}

/** Of which steps the weights are kept, and what that takes of GPU memory. */
export interface KeptSnapshots {
  readonly steps: Readonly<Record<RunId, readonly number[]>>;
  readonly bytes: number;
}

/** What can be changed while a run learns. */
export const LEVERS = ['gateWeight', 'drift', 'learningRate', 'topK'] as const satisfies readonly RecipeNumber[];
export type Levers = Pick<RunRecipe, (typeof LEVERS)[number]>;

export type RunPhase = 'idle' | 'preparing' | 'running' | 'paused' | 'finished' | 'stopped' | 'failed';

export interface RunStatus {
  readonly phase: RunPhase;
  /** Steps done, warm-up included. */
  readonly step: number;
  readonly totalSteps: number;
  /** Absent until enough steps were timed. */
  readonly secondsLeft?: number;
}

export type ProgressStage = 'models' | 'data' | 'assemble' | 'router' | 'compile';
