import type { StepWindow } from '../charts/step_window';

/** How the strips of a run are drawn; it outlives a change of screen. */
export interface ChartView {
  /** Share of the past in the thick line, from 0. */
  readonly smoothing: number;
  readonly log: boolean;
  /** All strips, those that are seldom looked at too. */
  readonly more: boolean;
  /** Undefined shows all steps. */
  readonly zoom: StepWindow | undefined;
}

export const WHOLE_VIEW: ChartView = { smoothing: 0.8, log: false, more: false, zoom: undefined };
/** Of the slider. */
export const SMOOTHING = { min: 0, max: 0.98, step: 0.02 } as const;
