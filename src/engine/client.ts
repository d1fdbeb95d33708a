import type { AlignRecipe } from './align_recipe';
import type { DriftMap, EvaluatedModel, EvaluateRequest, EvaluationProgress, ExaminedModel, SavedModel, TriedMerge, TryRequest } from './evaluation';
import type {
  AdapterCard, Alignment, AloneRequest, Event, ExpertId, ForkPoint, FusionMemory, GenerateRequest, LedgerDrift, Levers, OwnFile, OwnFolder, Restored, RunId, SavedFile,
  SourceModel, StopReason,
} from './protocol';
import type { RunRecipe } from './recipe';
import { type EnginePort, type EventOf, type Hearing, Requests } from './requests';

export { EngineFailure, type EnginePort } from './requests';

/** How an answer ended, after which step of its run it was written, and how far an intervention took it. */
export type Written = Pick<EventOf<'done'>, 'reason' | 'step' | 'kl'>;
type OnProgress = (progress: EvaluationProgress) => void;

/** A typed wrapper of the worker: requests are promises, everything pushed is a subscription. Knows no interface. */
export class EngineClient {
  private readonly requests: Requests;

  constructor(private readonly port: EnginePort) {
    this.requests = new Requests(port);
  }

  /** @returns a function that ends the subscription. */
  on<T extends Event['type']>(type: T, listener: (event: EventOf<T>) => void): () => void {
    return this.requests.on(type, listener);
  }

  /** Loads the embedded models, then the GPU; the model cards are pushed as soon as they are known. */
  async open(modelsUrl: string): Promise<AdapterCard> {
    return (await this.requests.ask('ready', (id) => ({ type: 'open', id, modelsUrl }))).adapter;
  }

  /** Resolves when the run finished or was stopped. With `from` it goes on from a snapshot. */
  async fuse(recipe: RunRecipe, run?: RunId, from?: ForkPoint): Promise<void> {
    await this.requests.ask('done', (id) => ({ type: 'fuse', id, recipe, ...(run === undefined ? {} : { run }), ...(from === undefined ? {} : { from }) }));
  }

  pause(): void { this.port.postMessage({ type: 'pause' }); }
  resume(): void { this.port.postMessage({ type: 'resume' }); }
  step(): void { this.port.postMessage({ type: 'step' }); }
  stop(): void { this.port.postMessage({ type: 'stop' }); }

  /** Changes the levers of the run under way. @returns how all of them stand, and the last step that was taken before */
  pull(levers: Partial<Levers>): Promise<Pick<EventOf<'pulled'>, 'step' | 'levers'>> {
    return this.requests.ask('pulled', (id) => ({ type: 'pull', id, levers }));
  }

  /** Tokens arrive through `onToken`; an aborted signal ends the answer with reason 'cancelled'. */
  generate(request: GenerateRequest, onToken: (token: EventOf<'token'>) => void, signal?: AbortSignal): Promise<Written> {
    const onPush: Hearing['onPush'] = (push) => { if (push.type === 'token') onToken(push); };
    return this.requests.ask('done', (id) => ({ type: 'generate', id, ...request }), { onPush, signal });
  }

  /** What the fused model and each expert alone say at one place of an answer, after which step; undefined where it was aborted. */
  alone(request: AloneRequest, signal?: AbortSignal): Promise<Pick<EventOf<'alone'>, 'voices' | 'step'> | undefined> {
    return this.requests.askUnlessAborted('alone', (id) => ({ type: 'alone', id, ...request }), { signal });
  }

  /** Every model's numbers arrive through `onResult` as soon as it is measured; those that were stay where the rest is aborted. */
  async evaluate(request: EvaluateRequest, onResult: (result: EvaluatedModel) => void, onProgress: OnProgress, signal?: AbortSignal): Promise<StopReason> {
    const onPush: Hearing['onPush'] = (push) => {
      if (push.type === 'evaluated') onResult(push.result);
      else if (push.type === 'evaluating') onProgress(push);
    };
    return (await this.requests.ask('done', (id) => ({ type: 'evaluate', id, ...request }), { onPush, signal })).reason;
  }

  /** The fused model from inside; undefined where it was aborted. */
  async examine(onProgress: OnProgress, signal?: AbortSignal): Promise<ExaminedModel | undefined> {
    return (await this.requests.askUnlessAborted('examined', (id) => ({ type: 'examine', id }), measuring(onProgress, signal)))?.result;
  }

  /** One merge of other weights, measured; undefined where it was aborted. */
  async try(request: TryRequest, onProgress: OnProgress, signal?: AbortSignal): Promise<TriedMerge | undefined> {
    return (await this.requests.askUnlessAborted('tried', (id) => ({ type: 'try', id, ...request }), measuring(onProgress, signal)))?.result;
  }

  /** Where the models stand by their hidden states; undefined where it was aborted. */
  async map(onProgress: OnProgress, signal?: AbortSignal): Promise<DriftMap | undefined> {
    return (await this.requests.askUnlessAborted('mapped', (id) => ({ type: 'map', id }), measuring(onProgress, signal)))?.result;
  }

  /** Since step 0, by tensor. */
  async drift(): Promise<LedgerDrift> {
    return (await this.requests.ask('drifted', (id) => ({ type: 'drift', id }))).drift;
  }

  /** The fused model as it is now, as files. */
  async saveFused(): Promise<SavedModel> {
    return (await this.requests.ask('savedFused', (id) => ({ type: 'saveFused', id }))).result;
  }

  /** Models of a visitor's, all or none; the fused model ends. The new cards are pushed before this resolves. */
  async openFolders(folders: Readonly<Partial<Record<SourceModel, OwnFolder>>>): Promise<void> {
    await this.requests.ask('done', (id) => ({ type: 'openFolders', id, folders }));
  }

  async openRows(expert: ExpertId, file: OwnFile): Promise<void> {
    await this.requests.ask('done', (id) => ({ type: 'openRows', id, expert, file }));
  }

  async restore(what: Restored): Promise<void> {
    await this.requests.ask('done', (id) => ({ type: 'restore', id, what }));
  }

  /** Undefined where it was aborted: the model before stays. */
  async align(expert: ExpertId, recipe: AlignRecipe, onProgress: (progress: EventOf<'aligning'>) => void, signal?: AbortSignal): Promise<Alignment | undefined> {
    const onPush: Hearing['onPush'] = (push) => { if (push.type === 'aligning') onProgress(push); };
    return (await this.requests.askUnlessAborted('aligned', (id) => ({ type: 'align', id, expert, recipe }), { onPush, signal }))?.result;
  }

  async save(model: SourceModel): Promise<readonly SavedFile[]> {
    return (await this.requests.ask('saved', (id) => ({ type: 'save', id, model }))).files;
  }

  async estimate(recipe: RunRecipe): Promise<FusionMemory> {
    return (await this.requests.ask('estimated', (id) => ({ type: 'estimate', id, recipe }))).memory;
  }

  close(): void {
    this.port.terminate();
  }
}

/** Of work that reports how far it is. */
function measuring(onProgress: OnProgress, signal: AbortSignal | undefined): Hearing {
  return { onPush: (push) => { if (push.type === 'evaluating') onProgress(push); }, signal };
}
