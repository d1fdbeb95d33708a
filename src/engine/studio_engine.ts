import { Refusal } from '../errors/refusal';
import type { Gpu } from '../gpu/gpu';
import { Busy } from './busy';
import { loadEmbedded } from './embedded';
import { driftOf } from './drifted';
import { Evaluator } from './evaluator';
import { engineError } from './failure';
import { Fusing } from './fusing';
import { ledgerOf } from './ledger';
import { embeddedMaterial, type Material } from './material';
import { modelCards } from './material_rows';
import { snapshotFused } from './measured';
import type { AloneRequest, Command, Event, GenerateRequest, RequestId } from './protocol';
import { factsOf, savedModel } from './saved_model';
import type { Site } from './site';
import { Turns } from './turns';
import { Workshop } from './workshop';
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

/** Commands in, events out. Owns the GPU, the models and the run; knows neither page nor worker. */
export class StudioEngine {
  private opened: Opened | undefined;
  private readonly busy = new Busy();
  private readonly turns = new Turns();
  private readonly fusing: Fusing;
  private readonly answers = new Map<RequestId, AbortController>();

  constructor(private readonly host: EngineHost) {
    this.fusing = new Fusing({ turns: this.turns, busy: this.busy, emit: host.emit, sliceBudget: SLICE_BUDGET, opened: () => this.require() });
  }

  /** Every request is answered by 'ready', 'done', 'failed', or what was asked for. */
  handle(command: Command): void {
    switch (command.type) {
      case 'open': return this.answer(command.id, () => this.open(command.id, command.modelsUrl));
      case 'fuse': return this.answer(command.id, () => this.fusing.fuse(command.id, command));
      case 'generate': return this.answer(command.id, () => this.generate(command.id, command));
      case 'alone': return this.answer(command.id, () => this.alone(command.id, command));
      case 'evaluate': return this.measure(command.id, (evaluator, signal) => evaluator.evaluate(command.id, command, signal));
      case 'examine': return this.measure(command.id, (evaluator, signal) => evaluator.examine(command.id, signal));
      case 'try': return this.measure(command.id, (evaluator, signal) => evaluator.try(command.id, command, signal));
      case 'map': return this.measure(command.id, (evaluator, signal) => evaluator.map(command.id, signal));
      case 'drift': return this.answer(command.id, () => this.drift(command.id));
      case 'saveFused': return this.answer(command.id, () => this.saveFused(command.id));
      case 'align': return this.answer(command.id, () => this.align(command));
      case 'openFolders': case 'openRows': case 'restore': case 'save': case 'estimate':
        return this.answer(command.id, async () => this.require().workshop.handle(command));
      case 'cancel': return this.answers.get(command.id)?.abort();
      case 'pause': return this.fusing.pause();
      case 'resume': return this.fusing.resume();
      case 'step': return this.fusing.single();
      case 'stop': return this.fusing.stop();
      case 'pull': return this.answer(command.id, () => this.fusing.pull(command.id, command.levers));
      default: command satisfies never;
    }
  }

  private answer(id: RequestId, work: () => Promise<void>): void {
    work().catch((error: unknown) => { this.host.emit({ type: 'failed', id, error: engineError(error) }); });
  }

  private async open(id: RequestId, modelsUrl: string): Promise<void> {
    const site = this.host.site(modelsUrl);
    const embedded = await loadEmbedded(site, (done, total) => { this.host.emit({ type: 'progress', stage: 'models', done, total }); });
    this.show(embeddedMaterial(embedded));
    const gpu = await this.host.acquire();
    this.watch(gpu);
    const workshop = new Workshop(embedded, {
      site, gpu, turns: this.turns, emit: this.host.emit, sliceBudget: SLICE_BUDGET,
      take: (material, fusedStays) => this.take(material, fusedStays), busy: this.busy,
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
    const evaluator = new Evaluator({ site, embedded: material, gpu, writers, turns: this.turns, emit: this.host.emit, fused: () => this.fusing.standing?.fusion });
    return { writers, evaluator };
  }

  /** Other models or rows are loaded: whoever reads them begins anew, after the answer or step that has its turn. */
  private async take(material: Material, fusedStays: boolean): Promise<void> {
    await this.turns.run(() => {
      const opened = this.require();
      const next = { ...opened, ...this.readersOf(material, opened.site, opened.gpu) };
      opened.writers.dispose();
      this.fusing.forgetSnapshots();
      const { standing } = this.fusing;
      if (!fusedStays) this.fusing.end();
      else if (standing !== undefined) next.writers.setFused(standing.fusion.store);
      this.opened = next;
      this.show(material);
      return Promise.resolve();
    });
  }

  private async align({ id, expert, recipe }: Extract<Command, { type: 'align' }>): Promise<void> {
    const { workshop } = this.require();
    await this.busy.align(() => this.stoppable(id, (signal) => workshop.align(id, expert, recipe, signal)));
  }

  private async generate(id: RequestId, request: GenerateRequest): Promise<void> {
    this.require();
    await this.stoppable(id, async (signal) => {
      const written = await this.turns.run(async () => {
        // Those of now: other models may have been loaded while it waited.
        const { writers } = this.require();
        const started = performance.now();
        const step = request.model === 'fused' ? this.fusing.standing?.fusion.trainer.step : undefined;
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
      const { voices, step } = await this.turns.run(async () => ({
        step: this.fusing.standing?.fusion.trainer.step ?? 0, voices: await this.require().writers.alone(request, signal),
      }));
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

  /** Between two steps, as what is saved. */
  private async drift(id: RequestId): Promise<void> {
    const drift = await this.turns.run(() => driftOf(this.fusing.standing));
    this.host.emit({ type: 'drifted', id, drift });
  }

  /** Between two steps, so that all weights are of one. */
  private async saveFused(id: RequestId): Promise<void> {
    const { site, workshop } = this.require();
    const { tokenizerAt, ...made } = await this.turns.run(async () => {
      const { standing } = this.fusing;
      if (standing === undefined) throw noFusedModel();
      return { ...await snapshotFused({ fused: () => standing.fusion }), facts: factsOf(standing), tokenizerAt: workshop.material.tokenizerAt ?? site };
    });
    this.host.emit({ type: 'savedFused', id, result: await savedModel(tokenizerAt, made) });
  }

  private measure(id: RequestId, work: (evaluator: Evaluator, signal: AbortSignal) => Promise<void>): void {
    this.answer(id, async () => {
      const { evaluator } = this.require();
      await this.busy.measure(() => this.stoppable(id, (signal) => work(evaluator, signal)));
    });
  }

  private require(): Opened {
    if (this.opened !== undefined) return this.opened;
    throw new Refusal('no-gpu', { file: 'the engine', expected: 'open models and a GPU', got: 'neither yet', fix: 'wait until it is ready' });
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
