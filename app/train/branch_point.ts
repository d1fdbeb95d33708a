export interface BranchPoint {
  /** The last kept step that is not after the one shown, else the first; undefined where none is kept. */
  readonly step: number | undefined;
  readonly before: number | undefined;
  readonly after: number | undefined;
}

/** From where a run is forked while a step of it is shown. @param steps ascending */
export function branchPoint(steps: readonly number[], shown: number): BranchPoint {
  const step = steps.findLast((kept) => kept <= shown) ?? steps[0];
  const at = step === undefined ? -1 : steps.indexOf(step);
  return { step, before: at > 0 ? steps[at - 1] : undefined, after: at >= 0 ? steps[at + 1] : undefined };
}
