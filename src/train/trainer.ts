import { Refusal } from '../errors/refusal';
import type { Recorder } from '../gpu/recorder';
import { Scope } from '../gpu/scope';
import type { Tensor } from '../gpu/tensor';
import { timeCommands, type TimedCommand, type Timing } from '../gpu/timestamps';
import { batchTokens, makeBatch, planLength, type Batch, type LabelledRow } from '../model/batch';
import type { ParameterStore } from '../model/store';
import { driftTerms, type DriftTerms } from './drift_terms';
import type { StepMetrics } from './metrics';
import type { Phase, StepTotals } from './micro_plan';
import { optimiser, type Optimiser } from './optimiser';
import { Order } from './order';
import { PlanCache } from './plan_cache';
import type { LossWeights, TrainingRecipe } from './recipe';
import { keep, putBack, snapshotBytes, type Snapshot } from './snapshot';
import { learningRateAt } from './schedule';
import { DEPTH, type Pending, StepReports } from './step_reports';

const FIRST_SLICES = 16;
const MAX_SLICES = 64;

export interface TrainerOptions {
  readonly datasets: number;
  readonly onMetrics?: (metrics: StepMetrics) => void;
  /** Longest submit wanted, ms; a slower step is cut into slices. Infinity submits each micro-batch whole. */
  readonly sliceBudget?: number;
}

/** Runs a recipe over rows, a step at a time. Nothing in a step waits for the GPU. */
export class Trainer {
  readonly total: number;
  /** May be changed between steps: the levers of a running session. */
  losses: LossWeights;
  learningRate: number;
  private gone = false;
  private done = 0;
  private slices: number;
  private failure: unknown;
  private readonly inFlight: Promise<void>[] = [];
  private readonly scope: Scope;
  private readonly order: Order;
  private readonly plans: PlanCache;
  private readonly optimiser: Optimiser;
  private readonly drift: DriftTerms;
  private readonly reports: StepReports;

  /**
   * Binds the largest plan and compiles.
   * @throws Refusal 'empty-dataset' where there is nothing to train on, and whatever the adapter refuses; nothing stays allocated then.
   */
  static async create(store: ParameterStore, rows: readonly LabelledRow[], recipe: TrainingRecipe, options: TrainerOptions): Promise<Trainer> {
    const trainer = new Trainer(store, rows, recipe, options);
    try {
      await trainer.prepare();
      return trainer;
    } catch (error) {
      trainer.dispose();
      throw error;
    }
  }

  private constructor(
    private readonly store: ParameterStore,
    private readonly rows: readonly LabelledRow[],
    private readonly recipe: TrainingRecipe,
    private readonly options: TrainerOptions,
  ) {
    if (rows.length === 0) throw new Refusal('empty-dataset', { file: 'the training rows', expected: 'at least one row', got: 'none', fix: 'give a dataset with rows that fit' });
    if (store.flat === undefined) throw new RangeError('nothing trains under this policy');
    this.total = recipe.warmupSteps + recipe.steps;
    this.losses = recipe.losses;
    this.learningRate = recipe.learningRate;
    // The first step's time is not known: with a budget it starts in many slices.
    this.slices = options.sliceBudget === undefined ? 1 : FIRST_SLICES;
    this.scope = new Scope(store.gpu, 'trainer');
    this.order = new Order(rows.length, recipe.seed);
    this.optimiser = optimiser(this.scope, store, store.flat, recipe);
    this.drift = driftTerms(this.scope, store);
    this.plans = new PlanCache(store, recipe, [this.optimiser.state, ...(this.drift.value ? [this.drift.value] : [])]);
    const { experts: E, layers: L } = store.config;
    this.reports = new StepReports({ L, E, datasets: options.datasets }, this.drift, (metrics) => { options.onMetrics?.(metrics); });
  }

  private async prepare(): Promise<void> {
    this.bind();
    this.drift.start();
    await this.store.gpu.ready();
  }

  /** The largest plans, which need the most memory. */
  private bind(): void {
    const longest = planLength(this.rows);
    if (this.done < this.recipe.warmupSteps) this.plans.get('warmup', longest);
    this.plans.get('tune', longest);
  }

  /**
   * Experts per token from the next step on; what answers are written with must be bound anew. Call between two steps.
   * @throws whatever the adapter refuses; nothing has changed then.
   */
  async setTopK(topK: number): Promise<void> {
    const { store } = this;
    const before = store.config.topK;
    const revert = this.plans.checkpoint();
    store.setTopK(topK);
    try {
      this.bind();
      await store.gpu.ready();
    } catch (error) {
      store.setTopK(before);
      revert();
      // Whatever else could not be made was asked for in the same try.
      await store.gpu.ready().catch(() => undefined);
      throw error;
    }
  }

  get step(): number {
    return this.done;
  }

  get finished(): boolean {
    return this.done >= this.total;
  }

  /** Its plans are freed: it takes no step more. */
  get disposed(): boolean {
    return this.gone;
  }

  /** Submits the next step. Rejects where an earlier one failed. */
  async advance(): Promise<void> {
    while (this.inFlight.length >= DEPTH) await this.inFlight.shift();
    if (this.failure !== undefined) throw this.failure;
    const step = this.done + 1;
    const phase: Phase = step <= this.recipe.warmupSteps ? 'warmup' : 'tune';
    const micros = this.nextBatches();
    const totals: StepTotals = {
      targets: micros.reduce((sum, { count }) => sum + count, 0),
      sequences: this.recipe.batch,
      tokens: micros.reduce((sum, batch) => sum + batchTokens(batch), 0),
      microBatches: micros.length,
    };
    // A plan that does not fit must fail before anything of the step is submitted.
    for (const { T } of micros) this.plans.get(phase, T);
    await this.store.gpu.ready();
    const learningRate = this.rateAt(step, phase);
    this.optimiser.setLearningRate(learningRate);
    const losses = this.losses;
    const pending = micros.map((batch, i) => this.submitMicro(batch, phase, totals, losses, i, micros.length, step));
    this.done = step;
    this.inFlight.push(this.reports.of({ step, phase, micros, pending, totals, learningRate, losses })
      .then((seconds) => { this.slice(seconds); }, (error: unknown) => { this.failure ??= error; }));
  }

  /** So that no submit is longer than is wanted, by how long a micro-batch took. */
  private slice(seconds: number): void {
    this.slices = Math.min(Math.max(1, Math.ceil((seconds * 1000) / (this.options.sliceBudget ?? Infinity))), MAX_SLICES);
  }

  /** Waits for what is in flight. */
  async drain(): Promise<void> {
    while (this.inFlight.length > 0) await this.inFlight.shift();
    this.reports.interrupt();
    if (this.failure !== undefined) throw this.failure;
  }

  /** All that decides the next steps, copied on the GPU without waiting for it: as it is after `step` steps. */
  snapshot(): Snapshot {
    return keep(this.store.gpu, this.done, this.kept());
  }

  /** Bytes of GPU memory that one takes. */
  get snapshotBytes(): number {
    return snapshotBytes(this.kept());
  }

  /** Rejects with what could not be allocated since the last step. */
  async settled(): Promise<void> {
    await this.store.gpu.ready();
  }

  /**
   * Goes on from a snapshot of a run with the same rows, seed, batch and policy: under unchanged levers it repeats that run's steps.
   * Call before the first step.
   * @throws RangeError where the snapshot does not fit, or a step was taken.
   */
  restore(snapshot: Snapshot): void {
    if (this.done > 0) throw new RangeError('a run that has begun cannot be put back');
    putBack(this.store.gpu, snapshot, this.kept());
    for (let step = 0; step < snapshot.step; step++) this.order.next(this.recipe.batch);
    this.done = snapshot.step;
  }

  private kept(): readonly Tensor[] {
    const { flat } = this.store;
    return flat === undefined ? [] : [flat.weight, flat.m, flat.v, this.optimiser.state];
  }

  /** Call after drain(); the weights stay with their store. */
  dispose(): void {
    this.gone = true;
    this.plans.dispose();
    this.scope.dispose();
  }

  private nextBatches(): Batch[] {
    const { batch, microBatch } = this.recipe;
    const chosen = this.order.next(batch).flatMap((i) => this.rows[i] ?? []);
    const micros: Batch[] = [];
    for (let start = 0; start < chosen.length; start += microBatch) {
      const some = chosen.slice(start, start + microBatch);
      micros.push(makeBatch(some, microBatch, planLength(some)));
    }
    return micros;
  }

  private rateAt(step: number, phase: Phase): number {
    if (phase === 'warmup') return this.learningRate;
    const { steps, warmupSteps } = this.recipe;
    return learningRateAt({ learningRate: this.learningRate, steps, warmupSteps: Math.ceil(steps / 20) }, step - warmupSteps);
  }

  private submitMicro(
    batch: Batch, phase: Phase, totals: StepTotals, losses: LossWeights, index: number, count: number, step: number,
  ): Pending {
    const { gpu } = this.store;
    const plan = this.plans.get(phase, batch.T);
    plan.load(batch, totals, losses, Math.imul(this.recipe.seed + step, 0x85ebca6b) + index);
    let arrived: Pending | undefined;
    const commands = [
      ...(index === 0 ? [this.clearing()] : []),
      ...(index === 0 && this.recipe.warmupSteps > 0 && step === this.recipe.warmupSteps + 1 ? [this.restarting()] : []),
      ...plan.commands(),
      ...(index === count - 1 ? this.updating(phase, losses) : []),
      { name: 'readback', record: (r: Recorder) => { arrived = this.plans.ring?.copy(r); } },
    ];
    const size = Math.ceil(commands.length / this.slices);
    for (let start = 0; start < commands.length; start += size) {
      gpu.run(`step ${step}`, (r: Recorder) => { for (const { record } of commands.slice(start, start + size)) record(r); });
    }
    return arrived ?? (() => Promise.resolve([]));
  }

  private clearing(): TimedCommand {
    const { flat } = this.store;
    return { name: 'clear gradients', record: (r) => { if (flat) r.clear(flat.grad); } };
  }

  /** Moments and step count of the warm-up mean nothing to weights that stood still in it. */
  private restarting(): TimedCommand {
    const { flat } = this.store;
    return { name: 'restart optimiser', record: (r) => { for (const tensor of flat ? [flat.m, flat.v, this.optimiser.state] : []) r.clear(tensor); } };
  }

  private updating(phase: Phase, losses: LossWeights): TimedCommand[] {
    this.drift.setGammas(phase === 'tune' ? losses.drift : []);
    return [
      { name: 'drift', record: (r) => { this.drift.record(r); } },
      { name: 'optimiser', record: (r) => { this.optimiser.record(r, phase === 'warmup' ? 'router' : 'everything'); } },
    ];
  }

  /** GPU time of one step by kind of op, without reporting it as a step: for benchmarks. The weights move. */
  async profile(): Promise<Timing[]> {
    const [batch] = this.nextBatches();
    if (batch === undefined) return [];
    const plan = this.plans.get('tune', batch.T);
    plan.load(batch, { targets: batch.count, sequences: batch.B, tokens: batchTokens(batch), microBatches: 1 }, this.losses, 0);
    this.optimiser.setLearningRate(this.learningRate);
    await this.store.gpu.ready();
    return timeCommands(this.store.gpu, [this.clearing(), ...plan.commands(), ...this.updating('tune', this.losses)]);
  }
}
