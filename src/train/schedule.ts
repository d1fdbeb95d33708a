/** Linear warm-up, then a half cosine down to a tenth of the peak (Loshchilov & Hutter, arXiv 1608.03983, without restarts). */
export interface Schedule {
  readonly learningRate: number;
  readonly steps: number;
  readonly warmupSteps: number;
}

const FLOOR = 0.1;

/** Learning rate of step 1 … steps. */
export function learningRateAt({ learningRate, steps, warmupSteps }: Schedule, step: number): number {
  if (step <= warmupSteps) return (learningRate * step) / warmupSteps;
  const progress = Math.min((step - warmupSteps) / Math.max(steps - warmupSteps, 1), 1);
  return learningRate * (FLOOR + (1 - FLOOR) * 0.5 * (1 + Math.cos(Math.PI * progress)));
}
