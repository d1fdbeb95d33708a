/** One step of a strip; null leaves a gap. */
export interface StripRow {
  readonly step: number;
  /** Drawn thin behind the line. */
  readonly raw: number | null;
  readonly values: readonly (number | null)[];
}

/** How the lines of a strip look: one in ink, or one an expert. */
export interface LineStyle {
  readonly name: string;
  readonly colour: string;
  readonly dash?: string;
}
