import type { Scale } from './scale';

/** One step of a strip, by place: 0 at the bottom of its axis, 1 at the top; null leaves a gap. */
export interface StripRow {
  readonly step: number;
  /** Drawn thin behind the line. */
  readonly raw: number | null;
  readonly values: readonly (number | null)[];
}

/** How the lines of a strip look: in ink, or one an expert; those of other runs are thinner. */
export interface LineStyle {
  readonly name: string;
  /** A custom property of the theme, e.g. --ink. */
  readonly colour: string;
  readonly width: number;
  readonly dash?: string;
}

/** What stands at a line's end. */
export interface LineEnd {
  readonly key: string;
  readonly name: string;
  /** Where there is little room. */
  readonly tile: string;
  readonly expert?: string;
  /** Of another run. */
  readonly quiet?: boolean;
  readonly step: number;
  readonly value: number;
}

export interface Reading {
  readonly value: number;
  readonly text: string;
  readonly expert?: string;
  readonly quiet?: boolean;
}

/** What one strip draws: the sentence over it, its axis and lines. */
export interface StripFigure {
  readonly title: string;
  readonly rows: readonly StripRow[];
  readonly scale: Scale;
  readonly lines: readonly LineStyle[];
  /** Names at the line ends, for more than one line. */
  readonly ends: readonly LineEnd[];
  /** Marked by a plus each. */
  readonly pluses: readonly { readonly step: number; readonly value: number }[];
}
