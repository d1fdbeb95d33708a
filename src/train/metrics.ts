/** What one optimiser step reports. Losses are nats, means over the step's micro-batches. */
export interface StepMetrics {
  /** Counts from 1. */
  readonly step: number;
  readonly phase: 'warmup' | 'tune';
  /** What the step minimised: lm + λ·gate + Σ γᵢ·driftᵢ and the optional balance and z terms; in warm-up the gate loss alone. */
  readonly loss: number;
  /** Mean negative log-likelihood per response token; 0 in warm-up, which does not compute it. */
  readonly lm: number;
  /** Unweighted gate loss, in warm-up that of every token; 0 for dense models. */
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
  /** All tokens (padding excluded) per second of wall time, over this step and the one before it, which is in flight with it. */
  readonly tokensPerSecond: number;
  readonly router?: RouterMetrics;
}

export interface RouterMetrics {
  /** [layer][dataset][expert]: share of (token, k) slots after top-k; NaN where the step held no row of the dataset. */
  readonly load: readonly (readonly (readonly number[])[])[];
  /** [layer][dataset][expert]: mean router probability; NaN likewise. */
  readonly probability: readonly (readonly (readonly number[])[])[];
  /** (experts), share of token slots: mean over layers and the step's datasets (expert_share). */
  readonly share: readonly number[];
  /** Mean over tokens and layers, in nats; ln E is undecided. */
  readonly entropy: number;
  /** Share of sequences whose largest mean probability is their own dataset's expert. */
  readonly accuracy: number;
}
