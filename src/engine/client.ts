import type { AlignRecipe } from './align_recipe';
import type { DriftMap, EvaluatedModel, EvaluateRequest, EvaluationProgress, ExaminedModel, SavedModel, TriedMerge, TryRequest } from './evaluation';
import type {
  AdapterCard, Alignment, AloneRequest, Command, EngineError, Event, ExpertId, ForkPoint, FusionMemory, GenerateRequest, Levers, OwnFile, OwnFolder, RequestId,
  Restored, RunId, SavedFile, SourceModel, StopReason,
} from './protocol';
import type { RunRecipe } from './recipe';

/** The side of a Worker that the client needs; a test hands in a fake. */
export interface EnginePort {
  postMessage(command: Command): void;
  addEventListener(type: 'message', listener: (message: { readonly data: Event }) => void): void;
  addEventListener(type: 'error', listener: (fault: { readonly message?: string }) => void): void;
  terminate(): void;
}

/** Thrown by every request that the engine refused; `error` is what crossed. */
export class EngineFailure extends Error {
  override readonly name = 'EngineFailure';
  constructor(readonly error: EngineError) {
    super(error.message);
  }
}

type EventOf<T extends Event['type']> = Extract<Event, { readonly type: T }>;
type Listener = (event: Event) => void;
type TokenEvent = EventOf<'token'>;
type EvaluationEvent = EventOf<'evaluating' | 'evaluated'>;
type AligningEvent = EventOf<'aligning'>;
type Answer = EventOf<'ready' | 'done' | 'alone' | 'examined' | 'tried' | 'mapped' | 'savedFused' | 'pulled' | 'aligned' | 'saved' | 'estimated'>;
/** How an answer ended, after which step of its run it was written, and how far an intervention took it. */
export type Written = Pick<EventOf<'done'>, 'reason' | 'step' | 'kl'>;

/** What work with progress finds, by the event that answers it. */
interface Found {
  readonly examined: ExaminedModel;
  readonly tried: TriedMerge;
  readonly mapped: DriftMap;
}

interface Pending {
  readonly settle: (event: Answer) => void;
  readonly reject: (failure: EngineFailure) => void;
  /** What comes before the answer. */
  readonly onPush: (event: TokenEvent | EvaluationEvent | AligningEvent) => void;
}

/** A typed wrapper of the worker: requests are promises, everything pushed is a subscription. Knows no interface. */
export class EngineClient {
  private readonly listeners = new Map<Event['type'], Set<Listener>>();
  private readonly pending = new Map<RequestId, Pending>();
  private lastId: RequestId = 0;

  constructor(private readonly port: EnginePort) {
    port.addEventListener('message', ({ data }) => { this.receive(data); });
    port.addEventListener('error', ({ message }) => {
      this.receive({ type: 'failed', error: unexpected(message ?? 'the engine could not be started') });
    });
  }

  /** @returns a function that ends the subscription. */
  on<T extends Event['type']>(type: T, listener: (event: EventOf<T>) => void): () => void {
    const known = this.listeners.get(type) ?? new Set<Listener>();
    this.listeners.set(type, known);
    known.add(listener as Listener);
    return () => { known.delete(listener as Listener); };
  }

  /** Loads the embedded models, then the GPU; the model cards are pushed as soon as they are known. */
  async open(modelsUrl: string): Promise<AdapterCard> {
    const event = await this.request((id) => ({ type: 'open', id, modelsUrl }));
    if (event.type !== 'ready') throw new EngineFailure(unexpected(`open was answered by ${event.type}`));
    return event.adapter;
  }

  /** Resolves when the run finished or was stopped. With `from` it goes on from a snapshot. */
  async fuse(recipe: RunRecipe, run?: RunId, from?: ForkPoint): Promise<void> {
    await this.request((id) => ({ type: 'fuse', id, recipe, ...(run === undefined ? {} : { run }), ...(from === undefined ? {} : { from }) }));
  }

  pause(): void { this.port.postMessage({ type: 'pause' }); }
  resume(): void { this.port.postMessage({ type: 'resume' }); }
  step(): void { this.port.postMessage({ type: 'step' }); }
  stop(): void { this.port.postMessage({ type: 'stop' }); }

  /** Changes the levers of the run under way. @returns how all of them stand, and the last step that was taken before */
  async pull(levers: Partial<Levers>): Promise<Pick<EventOf<'pulled'>, 'step' | 'levers'>> {
    const event = await this.request((id) => ({ type: 'pull', id, levers }));
    if (event.type !== 'pulled') throw new EngineFailure(unexpected(`pull was answered by ${event.type}`));
    return event;
  }

  /** Tokens arrive through `onToken`; an aborted signal ends the answer with reason 'cancelled'. */
  async generate(request: GenerateRequest, onToken: (token: TokenEvent) => void, signal?: AbortSignal): Promise<Written> {
    const event = await this.request((id) => {
      this.cancelWith(signal, id);
      return { type: 'generate', id, ...request };
    }, (push) => { if (push.type === 'token') onToken(push); });
    if (event.type !== 'done') throw new EngineFailure(unexpected(`generate was answered by ${event.type}`));
    return event;
  }

  /** What the fused model and each expert alone say at one place of an answer, after which step; undefined where it was aborted. */
  async alone(request: AloneRequest, signal?: AbortSignal): Promise<Pick<EventOf<'alone'>, 'voices' | 'step'> | undefined> {
    const event = await this.request((id) => {
      this.cancelWith(signal, id);
      return { type: 'alone', id, ...request };
    });
    if (event.type === 'done') return undefined;
    if (event.type !== 'alone') throw new EngineFailure(unexpected(`alone was answered by ${event.type}`));
    return event;
  }

  /** Every model's numbers arrive through `onResult` as soon as it is measured; those that were stay where the rest is aborted. */
  async evaluate(
    request: EvaluateRequest, onResult: (result: EvaluatedModel) => void, onProgress: (progress: EvaluationProgress) => void,
    signal?: AbortSignal,
  ): Promise<StopReason> {
    const event = await this.request((id) => {
      this.cancelWith(signal, id);
      return { type: 'evaluate', id, ...request };
    }, (push) => {
      if (push.type === 'evaluated') onResult(push.result);
      else if (push.type === 'evaluating') onProgress(push);
    });
    if (event.type !== 'done') throw new EngineFailure(unexpected(`evaluate was answered by ${event.type}`));
    return event.reason;
  }

  /** The fused model from inside; undefined where it was aborted. */
  examine(onProgress: (progress: EvaluationProgress) => void, signal?: AbortSignal): Promise<ExaminedModel | undefined> {
    return this.measured('examined', (id) => ({ type: 'examine', id }), onProgress, signal);
  }

  /** One merge of other weights, measured; undefined where it was aborted. */
  try(request: TryRequest, onProgress: (progress: EvaluationProgress) => void, signal?: AbortSignal): Promise<TriedMerge | undefined> {
    return this.measured('tried', (id) => ({ type: 'try', id, ...request }), onProgress, signal);
  }

  /** Where the models stand by their hidden states; undefined where it was aborted. */
  map(onProgress: (progress: EvaluationProgress) => void, signal?: AbortSignal): Promise<DriftMap | undefined> {
    return this.measured('mapped', (id) => ({ type: 'map', id }), onProgress, signal);
  }

  /** The fused model as it is now, as files. */
  async saveFused(): Promise<SavedModel> {
    const event = await this.request((id) => ({ type: 'saveFused', id }));
    if (event.type !== 'savedFused') throw new EngineFailure(unexpected(`saveFused was answered by ${event.type}`));
    return event.result;
  }

  /** Models of a visitor's, all or none; the fused model ends. The new cards are pushed before this resolves. */
  async openFolders(folders: Readonly<Partial<Record<SourceModel, OwnFolder>>>): Promise<void> {
    await this.request((id) => ({ type: 'openFolders', id, folders }));
  }

  async openRows(expert: ExpertId, file: OwnFile): Promise<void> {
    await this.request((id) => ({ type: 'openRows', id, expert, file }));
  }

  async restore(what: Restored): Promise<void> {
    await this.request((id) => ({ type: 'restore', id, what }));
  }

  /** Undefined where it was aborted: the model before stays. */
  async align(expert: ExpertId, recipe: AlignRecipe, onProgress: (progress: AligningEvent) => void, signal?: AbortSignal): Promise<Alignment | undefined> {
    const event = await this.request((id) => {
      this.cancelWith(signal, id);
      return { type: 'align', id, expert, recipe };
    }, (push) => { if (push.type === 'aligning') onProgress(push); });
    return event.type === 'aligned' ? event.result : undefined;
  }

  async save(model: SourceModel): Promise<readonly SavedFile[]> {
    const event = await this.request((id) => ({ type: 'save', id, model }));
    if (event.type !== 'saved') throw new EngineFailure(unexpected(`save was answered by ${event.type}`));
    return event.files;
  }

  async estimate(recipe: RunRecipe): Promise<FusionMemory> {
    const event = await this.request((id) => ({ type: 'estimate', id, recipe }));
    if (event.type !== 'estimated') throw new EngineFailure(unexpected(`estimate was answered by ${event.type}`));
    return event.memory;
  }

  close(): void {
    this.port.terminate();
  }

  /** Work that reports how far it is and is answered by one event, or by 'done' where it was aborted. */
  private async measured<T extends keyof Found>(
    type: T, command: (id: RequestId) => Command, onProgress: (progress: EvaluationProgress) => void, signal: AbortSignal | undefined,
  ): Promise<Found[T] | undefined> {
    const event = await this.request((id) => {
      this.cancelWith(signal, id);
      return command(id);
    }, (push) => { if (push.type === 'evaluating') onProgress(push); });
    if (event.type === type && 'result' in event) return event.result as Found[T];
    if (event.type !== 'done') throw new EngineFailure(unexpected(`a measurement was answered by ${event.type}`));
    return undefined;
  }

  private cancelWith(signal: AbortSignal | undefined, id: RequestId): void {
    signal?.addEventListener('abort', () => { this.port.postMessage({ type: 'cancel', id }); }, { once: true });
  }

  private request(command: (id: RequestId) => Command, onPush: Pending['onPush'] = () => undefined): Promise<Answer> {
    const id = (this.lastId += 1);
    return new Promise((settle, reject) => {
      this.pending.set(id, { settle, reject, onPush });
      this.port.postMessage(command(id));
    });
  }

  private receive(event: Event): void {
    this.answer(event);
    for (const listener of this.listeners.get(event.type) ?? []) listener(event);
  }

  private answer(event: Event): void {
    switch (event.type) {
      case 'ready':
      case 'done':
      case 'alone':
      case 'examined':
      case 'tried':
      case 'mapped':
      case 'savedFused':
      case 'pulled':
      case 'aligned':
      case 'saved':
      case 'estimated':
        this.take(event.id)?.settle(event);
        return;
      case 'token':
      case 'evaluating':
      case 'evaluated':
      case 'aligning':
        this.pending.get(event.id)?.onPush(event);
        return;
      case 'failed': {
        // An engine that failed as a whole answers nobody any more.
        const ids = event.id === undefined ? [...this.pending.keys()] : [event.id];
        for (const id of ids) this.take(id)?.reject(new EngineFailure(event.error));
        return;
      }
      case 'progress':
      case 'models':
      case 'metrics':
      case 'runState':
      case 'validated':
      case 'snapshots':
        return;
      default:
        event satisfies never;
    }
  }

  private take(id: RequestId): Pending | undefined {
    const found = this.pending.get(id);
    this.pending.delete(id);
    return found;
  }
}

function unexpected(message: string): EngineError {
  return { code: 'unexpected', message, detail: {} };
}
