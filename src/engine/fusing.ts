import { Refusal } from '../errors/refusal';
import type { FusionRecipe } from '../fusion/recipe';
import type { Gpu } from '../gpu/gpu';
import type { LabelledRow } from '../model/batch';
import { evaluateLoss } from '../train/evaluate_loss';
import { FusionRun } from '../train/fusion_run';
import { betweenSteps, measuresAfter } from './between_steps';
import type { Busy } from './busy';
import { type Command, type Event, EXPERTS, type ForkPoint, type Levers, type ProgressStage, type RequestId, type RunId, type RunStatus } from './protocol';
import { checkRecipe, fusionRecipe, PRESETS, type RowFault, type RunRecipe } from './recipe';
import { RunLoop } from './run_loop';
import { Snapshots } from './snapshots';
import type { Turns } from './turns';
import type { Workshop } from './workshop';
import type { Writers } from './writers';

export type FuseRequest = Pick<Extract<Command, { readonly type: 'fuse' }>, 'recipe' | 'run' | 'from'>;

export interface FusingParts {
  readonly turns: Turns;
  readonly busy: Busy;
  readonly emit: (event: Event) => void;
  /** ms, see Trainer. */
  readonly sliceBudget: number;
  /** @throws Refusal before there are models */
  readonly opened: () => { readonly gpu: Gpu; readonly workshop: Workshop; readonly writers: Writers };
}

/** The fused model that stands, and how it came to be. */
export interface Standing {
  readonly fusion: FusionRun;
  /** As it was asked for: a run that goes on from another's weights fits no router, whatever this says. */
  readonly recipe: FusionRecipe;
  readonly fault: RowFault;
  /** The step after which it went on from another run. */
  readonly forkedAfter?: number;
}

interface Prepared extends Standing {
  readonly loop: RunLoop;
  readonly heldOut: readonly LabelledRow[];
}

/** A run was stopped before its first step: nothing of it is left. */
class StoppedEarly extends Error {}
const EARLY = 'stopped before the first step';

/** The run of the studio, and the fused model that it leaves. */
export class Fusing {
  /** Undefined before the first run, and when its models were replaced. */
  standing: Standing | undefined;
  /** Of the run on its way, from its preparation on: what is stopped there leaves the model before as it was. */
  private loop: RunLoop | undefined;
  private status: RunStatus = { phase: 'idle', step: 0, totalSteps: 0 };
  private readonly snapshots = new Snapshots((kept) => { this.parts.emit({ type: 'snapshots', kept }); });

  constructor(private readonly parts: FusingParts) {}

  pause(): void { this.loop?.pause(); }
  resume(): void { this.loop?.resume(); }
  single(): void { this.loop?.single(); }
  stop(): void { this.loop?.stop(); }

  /** Between two steps: what is on its way keeps the levers that it was sent with. */
  async pull(id: RequestId, levers: Partial<Levers>): Promise<void> {
    this.underWay();
    checkRecipe({ ...PRESETS.default, ...levers });
    const { topK } = levers;
    if (topK !== undefined) await this.parts.turns.run(() => this.pullTopK(topK));
    const { store, trainer } = this.underWay();
    const { gateWeight = trainer.losses.gateWeight, learningRate = trainer.learningRate, drift = trainer.losses.drift[0] ?? 0 } = levers;
    trainer.losses = { ...trainer.losses, gateWeight, drift: trainer.losses.drift.map(() => drift) };
    trainer.learningRate = learningRate;
    this.parts.emit({ type: 'pulled', id, step: trainer.step, levers: { gateWeight, drift, learningRate, topK: store.config.topK } });
  }

  /** Another number of experts per token needs other plans, for steps and for answers: the run waits until they are bound. */
  private async pullTopK(topK: number): Promise<void> {
    const { store, trainer } = this.underWay();
    if (store.config.topK === topK) return;
    await trainer.setTopK(topK);
    this.parts.opened().writers.setFused(store);
  }

  /** @throws Refusal 'bad-option' where no run takes steps */
  private underWay(): FusionRun {
    // While the next run is prepared, the last one still stands here.
    const fusion = this.parts.busy.fusing && this.status.phase !== 'preparing' ? this.standing?.fusion : undefined;
    if (fusion !== undefined && !fusion.trainer.finished && !fusion.trainer.disposed) return fusion;
    throw new Refusal('bad-option', { file: 'the run', expected: 'one under way', got: 'none', fix: 'fuse, then change it' });
  }

  /** What was kept belongs to the models and rows that it was trained from. */
  forgetSnapshots(): void {
    this.snapshots.clear();
  }

  /** The fused model is of models that are replaced. */
  end(): void {
    this.standing?.fusion.dispose();
    this.standing = undefined;
    this.setStatus({ phase: 'idle', step: 0, totalSteps: 0 });
  }

  async fuse(id: RequestId, { recipe, run, from }: FuseRequest): Promise<void> {
    const { gpu, writers } = this.parts.opened();
    const before = this.status;
    await this.parts.busy.fuse(async () => {
      try {
        const next = await this.prepare(checkRecipe(recipe), gpu, from);
        await this.replace(next, writers);
        const { fusion: { trainer }, loop, heldOut } = next;
        try {
          await loop.run(betweenSteps(trainer, () => this.afterStep(next.fusion, heldOut, recipe, run)));
        } finally {
          // What answers are written with stays; activations, moments and rings are the run's alone.
          await this.parts.turns.run(() => {
            trainer.dispose();
            return Promise.resolve();
          });
        }
        this.parts.emit({ type: 'done', id, reason: trainer.finished ? 'end' : 'cancelled' });
      } catch (error) {
        if (this.status.phase === 'preparing') this.setStatus(before);
        if (!(error instanceof StoppedEarly)) throw error;
        this.parts.emit({ type: 'done', id, reason: 'cancelled' });
      }
    });
  }

  /** The model before stays whole until the next one stands, and until an answer of it has ended. */
  private replace({ fusion, recipe, fault, forkedAfter, loop }: Prepared, writers: Writers): Promise<void> {
    return this.parts.turns.run(() => {
      // It may have been stopped while an answer was waited for.
      if (loop.stopping) {
        fusion.dispose();
        return Promise.reject(new StoppedEarly(EARLY));
      }
      const last = this.standing;
      this.standing = { fusion, recipe, fault, ...(forkedAfter === undefined ? {} : { forkedAfter }) };
      writers.setFused(fusion.store);
      last?.fusion.dispose();
      return Promise.resolve();
    });
  }

  /** Keeps the weights and asks the held-out rows, where it is time for that. */
  private async afterStep({ store, trainer }: FusionRun, heldOut: readonly LabelledRow[], recipe: RunRecipe, run?: RunId): Promise<void> {
    if (run !== undefined) await this.snapshots.after(run, recipe, trainer);
    if (heldOut.length === 0 || !measuresAfter(trainer.step, trainer.total)) return;
    // What it takes is no part of a step's time.
    await trainer.drain();
    const { nll } = await evaluateLoss(store, heldOut);
    this.parts.emit({ type: 'validated', step: trainer.step, loss: nll });
  }

  private async prepare(recipe: RunRecipe, gpu: Gpu, from?: ForkPoint): Promise<Prepared> {
    const { turns, emit, sliceBudget } = this.parts;
    const { workshop } = this.parts.opened();
    const { base, ...experts } = workshop.material.models;
    const snapshot = from === undefined ? undefined : this.snapshots.find(from.run, from.step, recipe);
    const asked = fusionRecipe(recipe, EXPERTS.length, base.config.context);
    // Its router is put back too: nothing needs to be fitted.
    const full = snapshot === undefined ? asked : { ...asked, routerInit: 'random' as const };
    const total = full.warmupSteps + full.steps;
    this.setStatus({ phase: 'preparing', step: from?.step ?? 0, totalSteps: total });
    const loop = new RunLoop(total, turns, {
      metrics: (points) => { emit({ type: 'metrics', points }); },
      status: (status) => { this.setStatus(status); },
    }, from?.step);
    this.loop = loop;
    const goOn = (): void => { if (loop.stopping) throw new StoppedEarly(EARLY); };
    const { train: rows, heldOut } = await workshop.runRows(recipe, this.progress('data'));
    goOn();
    await workshop.requireRoom(recipe);
    this.progress('assemble')(0, 1);
    const input = { base, experts: EXPERTS.map((expert) => experts[expert]), rows, recipe: full };
    // An answer that is being written has the GPU until it ends.
    const fusion = await turns.run(() => FusionRun.create(gpu, input, {
      onMetrics: loop.onMetrics,
      onRouterInit: (done, all) => {
        goOn();
        this.progress('router')(done, all);
        if (done === all) this.progress('compile')(0, 1);
      },
      sliceBudget,
    }));
    if (snapshot !== undefined) fusion.trainer.restore(snapshot);
    return { fusion, recipe: asked, fault: recipe.fault, loop, heldOut, ...(from === undefined ? {} : { forkedAfter: from.step }) };
  }

  private progress(stage: ProgressStage): (done: number, total: number) => void {
    return (done, total) => { this.parts.emit({ type: 'progress', stage, done, total }); };
  }

  private setStatus(status: RunStatus): void {
    this.status = status;
    this.parts.emit({ type: 'runState', status });
  }
}
