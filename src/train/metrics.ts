/** What one optimiser step reports. Losses are nats, means over the step's micro-batches. */
export interface StepMetrics {
  /** Counts from 1. */
  readonly step: number;
  readonly phase: 'warmup' | 'tune';
  /** lm + λ·gate + Σ γᵢ·driftᵢ + the optional balance and z terms. */
  readonly loss: number;
  /** Mean negative log-likelihood per response token. */
  readonly lm: number;
  /** Unweighted gate loss; 0 for dense models. */
  readonly gate: number;
  /** Unweighted ‖Wᵢ − Wᵢ⁰‖² per expert; empty for dense models. */
  readonly drift: readonly number[];
  readonly learningRate: number;
  /** Global norm before clipping. */
  readonly gradientNorm: number;
  /** A non-finite gradient: the step was not applied. */
  readonly skipped: boolean;
  /** Response tokens of the step. */
  readonly tokens: number;
  /** All tokens of the step (padding excluded) per second of wall time. */
  readonly tokensPerSecond: number;
  readonly router?: RouterMetrics;
}

export interface RouterMetrics {
  /** [layer][dataset][expert]: share of (token, k) slots after top-k; NaN where the step held no row of the dataset. */
  readonly load: readonly (readonly (readonly number[])[])[];
  /** [layer][dataset][expert]: mean router probability; NaN likewise. */
  readonly probability: readonly (readonly (readonly number[])[])[];
  /** Mean over tokens and layers, in nats; ln E is undecided. */
  readonly entropy: number;
  /** Share of sequences whose largest mean probability is their own dataset's expert. */
  readonly accuracy: number;
}
