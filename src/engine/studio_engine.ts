import { Refusal } from '../errors/refusal';
import type { Gpu } from '../gpu/gpu';
import { FusionRun } from '../train/fusion_run';
import { type Embedded, loadEmbedded, modelCards, trainingRows } from './embedded';
import { Evaluator } from './evaluator';
import { engineError } from './failure';
import { ledgerOf } from './ledger';
import { type AloneRequest, type Command, type Event, EXPERTS, type GenerateRequest, type Levers, type ProgressStage, type RequestId, type RunStatus } from './protocol';
import { checkRecipe, fusionRecipe, PRESETS, type RunRecipe } from './recipe';
import { RunLoop } from './run_loop';
import type { Site } from './site';
import { Turns } from './turns';
import { Writers } from './writers';

/** Longest submit, ms: a display that shares the GPU stays alive (reliability: "keep every submit ≤ 200 ms"). */
const SLICE_BUDGET = 200;

export interface EngineHost {
  readonly emit: (event: Event) => void;
  readonly acquire: () => Promise<Gpu>;
  readonly site: (modelsUrl: string) => Site;
}

interface Opened {
  readonly site: Site;
  readonly embedded: Embedded;
  readonly gpu: Gpu;
  readonly writers: Writers;
  readonly evaluator: Evaluator;
}

/** Commands in, events out. Owns the GPU, the models and the run; knows neither page nor worker. */
export class StudioEngine {
  private opened: Opened | undefined;
  private fusion: FusionRun | undefined;
  /** Of the run on its way, from its preparation on: an early stop is obeyed at its first border. */
  private loop: RunLoop | undefined;
  private busy = false;
  private status: RunStatus = { phase: 'idle', step: 0, totalSteps: 0 };
  private readonly turns = new Turns();
  private readonly answers = new Map<RequestId, AbortController>();

  constructor(private readonly host: EngineHost) {}

  /** Every request is answered by 'ready', 'done', 'alone', 'examined', 'pulled' or 'failed'. */
  handle(command: Command): void {
    switch (command.type) {
      case 'open': return this.answer(command.id, () => this.open(command.id, command.modelsUrl));
      case 'fuse': return this.answer(command.id, () => this.fuse(command.id, command.recipe));
      case 'generate': return this.answer(command.id, () => this.generate(command.id, command));
      case 'alone': return this.answer(command.id, () => this.alone(command.id, command));
      case 'evaluate': return this.measure(command.id, (evaluator, signal) => evaluator.evaluate(command.id, command, signal));
      case 'examine': return this.measure(command.id, (evaluator, signal) => evaluator.examine(command.id, signal));
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
    const trainer = this.busy && this.status.phase !== 'preparing' ? this.fusion?.trainer : undefined;
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
    this.host.emit({ type: 'models', cards: modelCards(embedded), prompts: embedded.manifest.prompts, ledger: ledgerOf(embedded.models) });
    const gpu = await this.host.acquire();
    this.watch(gpu);
    const writers = new Writers(gpu, embedded);
    const evaluator = new Evaluator({ site, embedded, gpu, writers, turns: this.turns, emit: this.host.emit, fused: () => this.fusion });
    this.opened = { site, embedded, gpu, writers, evaluator };
    const { name, software } = gpu.adapter;
    this.host.emit({ type: 'ready', id, adapter: { name, software } });
  }

  private async fuse(id: RequestId, recipe: RunRecipe): Promise<void> {
    const { gpu, writers } = this.require();
    if (this.busy) throw new Refusal('bad-option', { file: 'the run', expected: 'one at a time', got: 'a second', fix: 'stop the first' });
    const before = this.status;
    this.busy = true;
    try {
      const { fusion, loop } = await this.prepare(checkRecipe(recipe), gpu);
      // The model before stays whole until the next one stands, and until an answer of it has ended.
      await this.turns.run(() => {
        const last = this.fusion;
        this.fusion = fusion;
        writers.setFused(fusion.store);
        last?.dispose();
        return Promise.resolve();
      });
      try {
        await loop.run(fusion.trainer);
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
      this.busy = false;
    }
  }

  private async prepare(recipe: RunRecipe, gpu: Gpu): Promise<{ readonly fusion: FusionRun; readonly loop: RunLoop }> {
    const { site, embedded } = this.require();
    const { base, ...experts } = embedded.models;
    const full = fusionRecipe(recipe, EXPERTS.length, base.config.context);
    const total = full.warmupSteps + full.steps;
    this.setStatus({ phase: 'preparing', step: 0, totalSteps: total });
    const loop = new RunLoop(total, this.turns, {
      metrics: (points) => { this.host.emit({ type: 'metrics', points }); },
      status: (status) => { this.setStatus(status); },
    });
    this.loop = loop;
    const rows = await trainingRows(site, embedded, full.maxLength, this.progress('data'));
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
    return { fusion, loop };
  }

  private async generate(id: RequestId, request: GenerateRequest): Promise<void> {
    const { writers } = this.require();
    await this.stoppable(id, async (signal) => {
      const written = await this.turns.run(async () => {
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
    const { writers } = this.require();
    await this.stoppable(id, async (signal) => {
      const { voices, step } = await this.turns.run(async () => ({ step: this.fusion?.trainer.step ?? 0, voices: await writers.alone(request, signal) }));
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

  private measure(id: RequestId, work: (evaluator: Evaluator, signal: AbortSignal) => Promise<void>): void {
    this.answer(id, async () => {
      const { evaluator } = this.require();
      await this.stoppable(id, (signal) => work(evaluator, signal));
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
