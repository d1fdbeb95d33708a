import { Refusal } from '../errors/refusal';
import type { Gpu } from '../gpu/gpu';
import type { LabelledRow } from '../model/batch';
import { evaluateLoss } from '../train/evaluate_loss';
import { FusionRun } from '../train/fusion_run';
import { betweenSteps, measuresAfter } from './between_steps';
import { loadEmbedded } from './embedded';
import { Evaluator } from './evaluator';
import { engineError } from './failure';
import { ledgerOf } from './ledger';
import { embeddedMaterial, type Material } from './material';
import { modelCards } from './material_rows';
import { snapshotFused } from './measured';
import {
  type AloneRequest, type Command, type Event, EXPERTS, type ForkPoint, type GenerateRequest, type Levers, type ProgressStage, type RequestId, type RunId, type RunStatus,
} from './protocol';
import { checkRecipe, fusionRecipe, PRESETS, type RunRecipe } from './recipe';
import { RunLoop } from './run_loop';
import { factsOf, savedModel } from './saved_model';
import type { Site } from './site';
import { Snapshots } from './snapshots';
import { Turns } from './turns';
import { stillBusy, Workshop } from './workshop';
import { noFusedModel, Writers } from './writers';

/** Longest submit, ms: a display that shares the GPU stays alive (reliability: "keep every submit ≤ 200 ms"). */
const SLICE_BUDGET = 200;

export interface EngineHost {
  readonly emit: (event: Event) => void;
  readonly acquire: () => Promise<Gpu>;
  readonly site: (modelsUrl: string) => Site;
}

interface Opened {
  readonly site: Site;
  readonly workshop: Workshop;
  readonly gpu: Gpu;
  readonly writers: Writers;
  readonly evaluator: Evaluator;
}

type Asked = Pick<Extract<Command, { readonly type: 'fuse' }>, 'recipe' | 'run' | 'from'>;

interface Prepared {
  readonly fusion: FusionRun;
  readonly loop: RunLoop;
  readonly heldOut: readonly LabelledRow[];
}

/** Commands in, events out. Owns the GPU, the models and the run; knows neither page nor worker. */
export class StudioEngine {
  private opened: Opened | undefined;
  private fusion: FusionRun | undefined;
  /** Of the run on its way, from its preparation on: an early stop is obeyed at its first border. */
  private loop: RunLoop | undefined;
  private busy: 'fuse' | 'align' | undefined;
  private measuring = 0;
  private status: RunStatus = { phase: 'idle', step: 0, totalSteps: 0 };
  private readonly snapshots = new Snapshots((kept) => { this.host.emit({ type: 'snapshots', kept }); });
  private readonly turns = new Turns();
  private readonly answers = new Map<RequestId, AbortController>();

  constructor(private readonly host: EngineHost) {}

  /** Every request is answered by 'ready', 'done', 'failed', or what was asked for. */
  handle(command: Command): void {
    switch (command.type) {
      case 'open': return this.answer(command.id, () => this.open(command.id, command.modelsUrl));
      case 'fuse': return this.answer(command.id, () => this.fuse(command.id, command));
      case 'generate': return this.answer(command.id, () => this.generate(command.id, command));
      case 'alone': return this.answer(command.id, () => this.alone(command.id, command));
      case 'evaluate': return this.measure(command.id, (evaluator, signal) => evaluator.evaluate(command.id, command, signal));
      case 'examine': return this.measure(command.id, (evaluator, signal) => evaluator.examine(command.id, signal));
      case 'try': return this.measure(command.id, (evaluator, signal) => evaluator.try(command.id, command, signal));
      case 'map': return this.measure(command.id, (evaluator, signal) => evaluator.map(command.id, signal));
      case 'saveFused': return this.answer(command.id, () => this.saveFused(command.id));
      case 'align': return this.answer(command.id, () => this.align(command));
      case 'openFolders': case 'openRows': case 'restore': case 'save': case 'estimate':
        return this.answer(command.id, async () => this.require().workshop.handle(command));
      case 'cancel': return this.answers.get(command.id)?.abort();
      case 'pause': return this.loop?.pause();
      case 'resume': return this.loop?.resume();
      case 'step': return this.loop?.single();
      case 'stop': return this.loop?.stop();
      case 'pull': return this.answer(command.id, async () => { await this.pull(command.id, command.levers); });
      default: command satisfies never;
    }
  }

  /** Between two steps: what is on its way keeps the levers that it was sent with. */
  private pull(id: RequestId, levers: Partial<Levers>): Promise<void> {
    // While the next run is prepared, the last one still stands here.
    const trainer = this.busy === 'fuse' && this.status.phase !== 'preparing' ? this.fusion?.trainer : undefined;
    if (trainer === undefined || trainer.finished) {
      throw new Refusal('bad-option', { file: 'the run', expected: 'one under way', got: 'none', fix: 'fuse, then change it' });
    }
    checkRecipe({ ...PRESETS.default, ...levers });
    const { gateWeight = trainer.losses.gateWeight, learningRate = trainer.learningRate, drift = trainer.losses.drift[0] ?? 0 } = levers;
    trainer.losses = { ...trainer.losses, gateWeight, drift: trainer.losses.drift.map(() => drift) };
    trainer.learningRate = learningRate;
    this.host.emit({ type: 'pulled', id, step: trainer.step, levers: { gateWeight, drift, learningRate } });
    return Promise.resolve();
  }

  private answer(id: RequestId, work: () => Promise<void>): void {
    work().catch((error: unknown) => { this.host.emit({ type: 'failed', id, error: engineError(error) }); });
  }

  private async open(id: RequestId, modelsUrl: string): Promise<void> {
    const site = this.host.site(modelsUrl);
    const embedded = await loadEmbedded(site, this.progress('models'));
    this.show(embeddedMaterial(embedded));
    const gpu = await this.host.acquire();
    this.watch(gpu);
    const workshop = new Workshop(embedded, {
      site, gpu, turns: this.turns, emit: this.host.emit, sliceBudget: SLICE_BUDGET,
      take: (material, fusedStays) => this.take(material, fusedStays), requireIdle: () => { this.requireIdle(); },
    });
    this.opened = { site, workshop, gpu, ...this.readersOf(workshop.material, site, gpu) };
    const { name, software } = gpu.adapter;
    this.host.emit({ type: 'ready', id, adapter: { name, software } });
  }

  private show(material: Material): void {
    this.host.emit({ type: 'models', cards: modelCards(material), prompts: material.manifest.prompts, ledger: ledgerOf(material.models) });
  }

  private readersOf(material: Material, site: Site, gpu: Gpu): Pick<Opened, 'writers' | 'evaluator'> {
    const writers = new Writers(gpu, material);
    const evaluator = new Evaluator({ site, embedded: material, gpu, writers, turns: this.turns, emit: this.host.emit, fused: () => this.fusion });
    return { writers, evaluator };
  }

  /** Other models or rows are loaded: whoever reads them begins anew, after the answer or step that has its turn. */
  private async take(material: Material, fusedStays: boolean): Promise<void> {
    await this.turns.run(() => {
      const opened = this.require();
      const next = { ...opened, ...this.readersOf(material, opened.site, opened.gpu) };
      opened.writers.dispose();
      // What was kept belongs to the models and rows that it was trained from.
      this.snapshots.clear();
      if (fusedStays) {
        if (this.fusion !== undefined) next.writers.setFused(this.fusion.store);
      } else {
        this.fusion?.dispose();
        this.fusion = undefined;
        this.setStatus({ phase: 'idle', step: 0, totalSteps: 0 });
      }
      this.opened = next;
      this.show(material);
      return Promise.resolve();
    });
  }

  private requireIdle(): void {
    if (this.busy !== undefined) throw stillBusy(this.busy === 'fuse' ? 'the run' : 'the alignment', 'stop it first');
    if (this.measuring > 0) throw stillBusy('the measurement', 'stop it first');
  }

  private async align({ id, expert, recipe }: Extract<Command, { type: 'align' }>): Promise<void> {
    const { workshop } = this.require();
    this.requireIdle();
    this.busy = 'align';
    try {
      await this.stoppable(id, (signal) => workshop.align(id, expert, recipe, signal));
    } finally {
      this.busy = undefined;
    }
  }

  private async fuse(id: RequestId, { recipe, run, from }: Asked): Promise<void> {
    const { gpu, writers } = this.require();
    if (this.busy !== undefined) throw stillBusy(this.busy === 'fuse' ? 'the run' : 'the alignment', 'stop it first');
    const before = this.status;
    this.busy = 'fuse';
    try {
      const { fusion, loop, heldOut } = await this.prepare(checkRecipe(recipe), gpu, from);
      // The model before stays whole until the next one stands, and until an answer of it has ended.
      await this.turns.run(() => {
        const last = this.fusion;
        this.fusion = fusion;
        writers.setFused(fusion.store);
        last?.dispose();
        return Promise.resolve();
      });
      try {
        await loop.run(betweenSteps(fusion.trainer, () => this.afterStep(fusion, heldOut, recipe, run)));
      } finally {
        // What answers are written with stays; activations, moments and rings are the run's alone.
        await this.turns.run(() => {
          fusion.trainer.dispose();
          return Promise.resolve();
        });
      }
      this.host.emit({ type: 'done', id, reason: fusion.trainer.finished ? 'end' : 'cancelled' });
    } catch (error) {
      if (this.status.phase === 'preparing') this.setStatus(before);
      throw error;
    } finally {
      this.busy = undefined;
    }
  }

  /** Keeps the weights and asks the held-out rows, where it is time for that. */
  private async afterStep({ store, trainer }: FusionRun, heldOut: readonly LabelledRow[], recipe: RunRecipe, run?: RunId): Promise<void> {
    if (run !== undefined) await this.snapshots.after(run, recipe, trainer);
    if (heldOut.length === 0 || !measuresAfter(trainer.step, trainer.total)) return;
    // What it takes is no part of a step's time.
    await trainer.drain();
    const { nll } = await evaluateLoss(store, heldOut);
    this.host.emit({ type: 'validated', step: trainer.step, loss: nll });
  }

  private async prepare(recipe: RunRecipe, gpu: Gpu, from?: ForkPoint): Promise<Prepared> {
    const { workshop } = this.require();
    const { base, ...experts } = workshop.material.models;
    const snapshot = from === undefined ? undefined : this.snapshots.find(from.run, from.step, recipe);
    // Its router is put back too: nothing needs to be fitted.
    const full = fusionRecipe(snapshot === undefined ? recipe : { ...recipe, routerInit: 'random' }, EXPERTS.length, base.config.context);
    const total = full.warmupSteps + full.steps;
    this.setStatus({ phase: 'preparing', step: from?.step ?? 0, totalSteps: total });
    const loop = new RunLoop(total, this.turns, {
      metrics: (points) => { this.host.emit({ type: 'metrics', points }); },
      status: (status) => { this.setStatus(status); },
    }, from?.step);
    this.loop = loop;
    const { train: rows, heldOut } = await workshop.runRows(recipe, this.progress('data'));
    await workshop.requireRoom(recipe);
    this.progress('assemble')(0, 1);
    const input = { base, experts: EXPERTS.map((expert) => experts[expert]), rows, recipe: full };
    // An answer that is being written has the GPU until it ends.
    const fusion = await this.turns.run(() => FusionRun.create(gpu, input, {
      onMetrics: loop.onMetrics,
      onRouterInit: (done, all) => {
        this.progress('router')(done, all);
        if (done === all) this.progress('compile')(0, 1);
      },
      sliceBudget: SLICE_BUDGET,
    }));
    if (snapshot !== undefined) fusion.trainer.restore(snapshot);
    return { fusion, loop, heldOut };
  }

  private async generate(id: RequestId, request: GenerateRequest): Promise<void> {
    this.require();
    await this.stoppable(id, async (signal) => {
      const written = await this.turns.run(async () => {
        // Those of now: other models may have been loaded while it waited.
        const { writers } = this.require();
        const started = performance.now();
        const step = request.model === 'fused' ? this.fusion?.trainer.step : undefined;
        const how = await writers.write(request, signal, (token) => {
          this.host.emit({ type: 'token', id, elapsed: performance.now() - started, ...token });
        });
        return { ...how, ...(step === undefined ? {} : { step }) };
      });
      this.host.emit({ type: 'done', id, ...written });
    });
  }

  private async alone(id: RequestId, request: AloneRequest): Promise<void> {
    this.require();
    await this.stoppable(id, async (signal) => {
      const { voices, step } = await this.turns.run(async () => ({ step: this.fusion?.trainer.step ?? 0, voices: await this.require().writers.alone(request, signal) }));
      this.host.emit(voices === undefined ? { type: 'done', id, reason: 'cancelled' } : { type: 'alone', id, voices, step });
    });
  }

  /** Work that 'cancel' ends. */
  private async stoppable(id: RequestId, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const stop = new AbortController();
    this.answers.set(id, stop);
    try {
      await work(stop.signal);
    } finally {
      this.answers.delete(id);
    }
  }

  /** Between two steps, so that all weights are of one. */
  private async saveFused(id: RequestId): Promise<void> {
    const { site, workshop } = this.require();
    const made = await this.turns.run(async () => {
      const { fusion } = this;
      if (fusion === undefined) throw noFusedModel();
      return { ...await snapshotFused({ fused: () => fusion }), facts: factsOf(fusion) };
    });
    this.host.emit({ type: 'savedFused', id, result: await savedModel(workshop.material.tokenizerAt ?? site, made) });
  }

  private measure(id: RequestId, work: (evaluator: Evaluator, signal: AbortSignal) => Promise<void>): void {
    this.answer(id, async () => {
      const { evaluator } = this.require();
      if (this.busy === 'align') throw stillBusy('the alignment', 'stop it or wait for its end');
      this.measuring += 1;
      try {
        await this.stoppable(id, (signal) => work(evaluator, signal));
      } finally {
        this.measuring -= 1;
      }
    });
  }

  private require(): Opened {
    if (this.opened !== undefined) return this.opened;
    throw new Refusal('no-gpu', { file: 'the engine', expected: 'open models and a GPU', got: 'neither yet', fix: 'wait until it is ready' });
  }

  private progress(stage: ProgressStage): (done: number, total: number) => void {
    return (done, total) => { this.host.emit({ type: 'progress', stage, done, total }); };
  }

  private setStatus(status: RunStatus): void {
    this.status = status;
    this.host.emit({ type: 'runState', status });
  }

  /** A lost device answers no request any more: the page hears it as the engine's own failure. */
  private watch({ device, adapter }: Gpu): void {
    void device.lost.then(({ reason, message }) => {
      if (reason === 'destroyed') return;
      const detail = { file: adapter.name, expected: 'the GPU to answer', got: message === '' ? 'no answer' : message, fix: 'reload the page' };
      this.host.emit({ type: 'failed', error: engineError(new Refusal('device-lost', detail)) });
    });
  }
}
