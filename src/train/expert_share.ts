/**
 * Share of token slots that each expert takes: mean over the layers and over the datasets that a step held, each dataset
 * counting the same, so that it does not jump with the mix of a batch.
 * @param load [layer][dataset][expert], NaN where the step held no row of the dataset
 * @returns (experts), summing to 1; NaN where nothing was reported
 */
export function expertShare(load: readonly (readonly (readonly number[])[])[]): number[] {
  const experts = load[0]?.[0]?.length ?? 0;
  const cells = load.flat().filter((shares) => shares.every((share) => Number.isFinite(share)));
  return Array.from({ length: experts }, (_, e) => (cells.length === 0 ? NaN : cells.reduce((sum, shares) => sum + (shares[e] ?? 0), 0) / cells.length));
}
