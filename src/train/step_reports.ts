import { Refusal } from '../errors/refusal';
import type { Batch } from '../model/batch';
import type { DriftTerms } from './drift_terms';
import type { StepMetrics } from './metrics';
import type { Phase, StepTotals } from './micro_plan';
import type { LossWeights } from './recipe';
import { routerLosses, routerMetrics, routerValues, type MicroResult, type RouterDims } from './step_metrics';

/** Steps that may be in flight: step n is submitted after step n − 2 has come back. */
export const DEPTH = 2;
/** This many non-finite gradients in a row end a run; the weights are still those of the last good step. */
const MAX_SKIPPED = 5;

/** A copy on its way: resolves to one array a source of the ring. */
export type Pending = () => Promise<Float32Array<ArrayBuffer>[]>;

/** What a step was sent with. */
export interface SentStep {
  readonly step: number;
  readonly phase: Phase;
  readonly micros: readonly Batch[];
  /** One a micro-batch. */
  readonly pending: readonly Pending[];
  readonly totals: StepTotals;
  readonly learningRate: number;
  readonly losses: LossWeights;
}

/** Makes metrics of what comes back of a step, in the order of the steps. */
export class StepReports {
  private skipped = 0;
  /** When the last steps came back, newest last, and how many tokens the newest held. */
  private arrivals: readonly { readonly at: number; readonly tokens: number }[] = [];

  constructor(private readonly dims: RouterDims, private readonly drift: DriftTerms, private readonly onMetrics: (metrics: StepMetrics) => void) {}

  /** A pause is no part of the next step's time. */
  interrupt(): void {
    this.arrivals = [];
  }

  /**
   * Waits for the step to come back.
   * @returns seconds that one of its micro-batches took
   * @throws Refusal 'not-finite' after several steps in a row without a finite gradient
   */
  async of(sent: SentStep): Promise<number> {
    const { step, phase, micros, totals, learningRate, losses } = sent;
    const submitted = performance.now();
    const { results, state: [gradientNorm = NaN, , finite = 0], drift } = await this.arrived(sent);
    const { seconds, tokens } = this.timed(submitted, totals.tokens);
    const warmup = phase === 'warmup';
    const lm = warmup ? 0 : results.reduce((sum, { lossSum }) => sum + lossSum, 0) / Math.max(totals.targets, 1);
    const router = routerLosses(results, this.dims);
    const gate = warmup ? router.tokenGate : router.gate;
    const gateTerm = losses.gateLoss === 'none' ? 0 : losses.gateWeight * gate;
    const driftTerm = drift.reduce((sum, value, e) => sum + (losses.drift[e] ?? 0) * value, 0);
    const loss = warmup ? gate : lm + gateTerm + driftTerm + losses.balanceWeight * router.balance + losses.zWeight * router.z;
    this.skipped = finite === 1 ? 0 : this.skipped + 1;
    this.onMetrics({
      step, phase, loss, lm, gate, drift, learningRate, gradientNorm, skipped: finite !== 1,
      tokens: totals.targets, tokensPerSecond: tokens / Math.max(seconds, 1e-6),
      ...(this.dims.E > 1 ? { router: routerMetrics(results, this.dims) } : {}),
    });
    if (this.skipped >= MAX_SKIPPED) {
      throw new Refusal('not-finite', {
        file: 'training', offset: step - MAX_SKIPPED + 1, offsetUnit: 'step', expected: 'finite gradients', got: `${String(MAX_SKIPPED)} steps in a row without`,
        fix: 'lower the learning rate; the weights are still those of the last good step',
      });
    }
    return seconds / Math.max(micros.length, 1);
  }

  private async arrived({ micros, pending }: SentStep): Promise<{ results: MicroResult[]; state: Float32Array; drift: readonly number[] }> {
    const results: MicroResult[] = [];
    let state = new Float32Array(4);
    let drift: readonly number[] = [];
    for (const [i, arrived] of pending.entries()) {
      const [lossSum, last, ...rest] = await arrived();
      state = last ?? state;
      const moved = this.drift.value ? rest.shift() : undefined;
      drift = moved ? this.drift.read(moved) : [];
      const router = routerValues(rest);
      results.push({ batch: micros[i] as Batch, lossSum: lossSum?.[0] ?? NaN, ...(router ? { router } : {}) });
    }
    return { results, state, drift };
  }

  /** Steps in flight together may come back together: their time is shared among them. */
  private timed(submitted: number, tokens: number): { seconds: number; tokens: number } {
    const now = performance.now();
    const [first] = this.arrivals;
    const counted = Math.max(1, this.arrivals.length);
    const all = this.arrivals.slice(1).reduce((sum, arrival) => sum + arrival.tokens, 0) + tokens;
    this.arrivals = [...this.arrivals, { at: now, tokens }].slice(-DEPTH);
    return { seconds: (now - (first?.at ?? submitted)) / 1000 / counted, tokens: all / counted };
  }
}
