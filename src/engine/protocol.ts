import type { RefusalCode, RefusalDetail } from '../errors/refusal';
import type { MemoryEstimate } from '../train/memory_estimate';
import type { StepMetrics } from '../train/metrics';
import type { AlignRecipe } from './align_recipe';
import type { DriftMap, EvaluatedModel, EvaluateRequest, EvaluationProgress, ExaminedModel, SavedModel, TriedMerge, TryRequest } from './evaluation';
import type { RecipeNumber, RunRecipe } from './recipe';

/** In this order everywhere: expert 0, 1 and 2 of the fused model. */
export const EXPERTS = ['helpful', 'harmless', 'honest'] as const;
export type ExpertId = (typeof EXPERTS)[number];
export type SourceModel = 'base' | ExpertId;
/** What the three aligned models can be made into without training: five merges of their weights, two ensembles of their answers. */
export const BASELINES = ['soup', 'task-arithmetic', 'ties', 'dare', 'slerp', 'ensemble-mean', 'ensemble-perplexity'] as const;
export type BaselineId = (typeof BASELINES)[number];
export type AnswerModel = SourceModel | 'fused' | BaselineId;

/** Names a run; unique within one page. */
export type RunId = string;

/** Where a run goes on: the weights of another one after a step. */
export interface ForkPoint {
  readonly run: RunId;
  readonly step: number;
}

/** Of which steps the weights are kept, and what that takes of GPU memory. */
export interface KeptSnapshots {
  readonly steps: Readonly<Record<RunId, readonly number[]>>;
  readonly bytes: number;
}

/** Joins a request with what answers it. Unique within one client. */
export type RequestId = number;

/** What is changed at the router while one answer is written; the weights stay. */
export interface RouterIntervention {
  /** Never chosen; one expert at least is left out. To force one is to mute the others. */
  readonly muted: readonly ExpertId[];
  /** Added to the experts' logits, from -20 to 20; 0 where absent. */
  readonly bias: Readonly<Partial<Record<ExpertId, number>>>;
  /** Above 0; divides the biased logits, so that 1 changes nothing. */
  readonly temperature: number;
  /** Experts a token; the run's own number where absent. */
  readonly topK?: number;
  /** The layers that all of this applies to, from 0; every layer where absent. */
  readonly layers?: readonly number[];
}

export interface GenerateRequest {
  readonly model: AnswerModel;
  /** The instruction alone; the engine puts the prompt template around it. */
  readonly prompt: string;
  readonly maxNewTokens: number;
  /** 0 takes the most likely token. */
  readonly temperature: number;
  readonly topP: number;
  readonly seed: number;
  /** Of the fused model alone. */
  readonly intervention?: RouterIntervention;
}

/** A file that a visitor chose. It is read by the worker, when it is needed. */
export interface OwnFile {
  readonly name: string;
  readonly bytes: Blob;
}

/** A Hugging Face directory that a visitor chose: config.json, model.safetensors; of a base tokenizer.json too. */
export interface OwnFolder {
  readonly name: string;
  readonly files: readonly OwnFile[];
}

/** A place in an answer of the fused model. */
export interface AloneRequest {
  /** The instruction that was answered. */
  readonly prompt: string;
  /** Tokens of the answer before the place, as the 'token' events named them. */
  readonly before: readonly number[];
  /** Tokens of the piece of text that was written there. */
  readonly chosen: readonly number[];
}

/** What one would say next. */
export interface Voice {
  /** The fused model as trained, or with that expert forced in all layers. */
  readonly who: ExpertId | 'fused';
  /** The most probable next tokens, in falling order, at temperature 1; '' ends the answer. `chosen` is the one that was written. */
  readonly top: readonly { readonly text: string; readonly probability: number; readonly chosen: boolean }[];
  /** ln p of what was really written, in nats: the sum over its tokens. */
  readonly logProbability: number;
}

export type Command =
  | { readonly type: 'open'; readonly id: RequestId; readonly modelsUrl: string }
  | {
      readonly type: 'fuse';
      readonly id: RequestId;
      readonly recipe: RunRecipe;
      /** Its snapshots are kept under this name; without one, none are. */
      readonly run?: RunId;
      /** Goes on from there instead of from the start; the recipe may differ from that run's in the levers alone. */
      readonly from?: ForkPoint;
    }
  | { readonly type: 'pause' }
  | { readonly type: 'resume' }
  /** Exactly one step, then paused. */
  | { readonly type: 'step' }
  | { readonly type: 'stop' }
  /** Acts from the next step on. */
  | { readonly type: 'pull'; readonly id: RequestId; readonly levers: Partial<Levers> }
  | ({ readonly type: 'generate'; readonly id: RequestId } & GenerateRequest)
  /** What the fused model and each of its experts alone say at one place. */
  | ({ readonly type: 'alone'; readonly id: RequestId } & AloneRequest)
  | ({ readonly type: 'evaluate'; readonly id: RequestId } & EvaluateRequest)
  /** The fused model on the test prompts: its routers, its drift, and what it is without each expert. */
  | { readonly type: 'examine'; readonly id: RequestId }
  /** One merge of other weights, measured. */
  | ({ readonly type: 'try'; readonly id: RequestId } & TryRequest)
  /** The base, the aligned models, the merges and, where there is one, the fused model on a map of their hidden states. */
  | { readonly type: 'map'; readonly id: RequestId }
  /** The fused model as files, as it is after the newest step. */
  | { readonly type: 'saveFused'; readonly id: RequestId }
  /** All of them take the place of those that are loaded, or none does; who is not named stays. Ends the fused model. */
  | { readonly type: 'openFolders'; readonly id: RequestId; readonly folders: Readonly<Partial<Record<SourceModel, OwnFolder>>> }
  /** Rows of one's own for one expert, to align and to fuse on. */
  | { readonly type: 'openRows'; readonly id: RequestId; readonly expert: ExpertId; readonly file: OwnFile }
  /** Brings the embedded rows of one expert back, the aligned model that an alignment here replaced, or everything embedded. */
  | { readonly type: 'restore'; readonly id: RequestId; readonly what: Restored }
  /** Trains the base's feed-forward layers on the rows of one expert; the result takes the place of that expert's aligned model. */
  | { readonly type: 'align'; readonly id: RequestId; readonly expert: ExpertId; readonly recipe: AlignRecipe }
  /** Asks for a model as a Hugging Face directory. */
  | { readonly type: 'save'; readonly id: RequestId; readonly model: SourceModel }
  /** Asks what a fusion would allocate. */
  | { readonly type: 'estimate'; readonly id: RequestId; readonly recipe: RunRecipe }
  /** Ends an answer at its next token, an evaluation at its next batch, an alignment at its next step. */
  | { readonly type: 'cancel'; readonly id: RequestId };

export type Restored = { readonly rows: ExpertId } | { readonly model: ExpertId } | 'everything';

/** What can be changed while a run learns. */
export const LEVERS = ['gateWeight', 'drift', 'learningRate'] as const satisfies readonly RecipeNumber[];
export type Levers = Pick<RunRecipe, (typeof LEVERS)[number]>;

export interface AdapterCard {
  readonly name: string;
  /** Computes on the processor: right, but slow. */
  readonly software: boolean;
}

/** Where a model comes from: the site, a visitor's files, or an alignment in this tab. */
export type Origin = 'embedded' | 'files' | 'aligned';

/** Rows that a visitor brought. */
export interface OwnRowsFacts {
  readonly file: string;
  /** Left out since the file marks them as unsafe. */
  readonly unsafe: number;
  /** Left out since no token of the response fits into the context. */
  readonly tooLong: number;
  /** Rows that hold a word which the tokenizer does not know. */
  readonly unknown: number;
}

export interface ModelCard {
  readonly id: SourceModel;
  readonly origin: Origin;
  /** Of a model from files: its folder's. */
  readonly name: string;
  /** Of an embedded model. */
  readonly description: string;
  readonly parameters: number;
  readonly layers: number;
  readonly width: number;
  readonly vocab: number;
  /** Tokens that a prompt and its answer may fill together. */
  readonly context: number;
  /** Rows of the dataset that it brings to the fusion; absent for the base. */
  readonly rows?: number;
  readonly ownRows?: OwnRowsFacts;
}

/** Where one tensor of the fused model comes from, or several that are alike. */
export interface LedgerRow {
  readonly name: string;
  readonly part: 'embedding' | 'attention' | 'expert' | 'router' | 'norm';
  /** Of each of them; experts stacked in front. */
  readonly shape: readonly number[];
  readonly tensors: number;
  /** The base as it is, an aligned model each, or nothing: it is made when the run begins. */
  readonly source: 'base' | 'experts' | 'new';
  /** Of 'experts': how far each aligned model is from the base there, as a share of the base's norm. */
  readonly distance?: readonly number[];
}

export type RunPhase = 'idle' | 'preparing' | 'running' | 'paused' | 'finished' | 'stopped' | 'failed';

export interface RunStatus {
  readonly phase: RunPhase;
  /** Steps done, warm-up included. */
  readonly step: number;
  readonly totalSteps: number;
  /** Absent until enough steps were timed. */
  readonly secondsLeft?: number;
}

export type ProgressStage = 'models' | 'data' | 'assemble' | 'router' | 'compile';

/** Why the router did what it did at one token: all layers, experts fastest. */
export interface TokenRouting {
  readonly layers: number;
  readonly experts: number;
  /** As the router scored, before a bias or a temperature; a recorded run has none. */
  readonly logits?: Float32Array<ArrayBuffer>; // (layers, experts)
  /** Before top-k. */
  readonly probabilities: Float32Array<ArrayBuffer>; // (layers, experts)
  /** After top-k and renormalisation; 0 for an expert that was dropped. */
  readonly shares: Float32Array<ArrayBuffer>; // (layers, experts)
  /** What each expert adds to the residual stream, ‖share·FFN(x)‖, 0 for the dropped; a recorded run has none. */
  readonly adds?: Float32Array<ArrayBuffer>; // (layers, experts)
  /** ‖residual stream‖ that it is added to. */
  readonly stream?: Float32Array<ArrayBuffer>; // (layers)
}

export type StopReason = 'end' | 'length' | 'cancelled';

/** What came of an alignment. */
export interface Alignment {
  readonly steps: number;
  /** Rows that it was trained on. */
  readonly rows: number;
  /** Mean nats per response token on rows that were held out, before and after; absent where there were none. */
  readonly heldOut?: { readonly rows: number; readonly before: number; readonly after: number };
}

export interface SavedFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** What a fusion would allocate, and what there is; bytes. */
export interface FusionMemory extends MemoryEstimate {
  /** Most that this adapter gives one buffer. */
  readonly limit: number;
  /** Allocated now: models that answered, and a fused model, which goes when the next one stands. */
  readonly inUse: number;
}

export interface EngineError {
  /** 'unexpected' is a fault of the program; everything else is a refusal. */
  readonly code: RefusalCode | 'unexpected';
  readonly message: string;
  readonly detail: RefusalDetail;
}

export type Event =
  | { readonly type: 'ready'; readonly id: RequestId; readonly adapter: AdapterCard }
  | { readonly type: 'progress'; readonly stage: ProgressStage; readonly done: number; readonly total: number }
  /** Once open, and again whenever another model or other rows take the place of what was loaded. */
  | {
      readonly type: 'models';
      readonly cards: readonly ModelCard[];
      readonly prompts: readonly string[];
      readonly ledger: readonly LedgerRow[];
    }
  /** At most ten a second; `layers` is fixed within a run. */
  | { readonly type: 'metrics'; readonly points: readonly StepMetrics[] }
  | { readonly type: 'runState'; readonly status: RunStatus }
  /** Mean nats per response token of held-out rows under the weights after a step; a few times in a run. */
  | { readonly type: 'validated'; readonly step: number; readonly loss: number }
  /** After every change: all that is kept. */
  | { readonly type: 'snapshots'; readonly kept: KeptSnapshots }
  /** Answers 'pull': the levers as they stand now; `step` is the last one that was taken with those before. */
  | { readonly type: 'pulled'; readonly id: RequestId; readonly step: number; readonly levers: Levers }
  | {
      readonly type: 'token';
      readonly id: RequestId;
      readonly text: string;
      /** The tokens that make it. */
      readonly ids: readonly number[];
      /** Milliseconds since the first token was asked for, prompt included. */
      readonly elapsed: number;
      /** Only the fused model routes. */
      readonly routing?: TokenRouting;
    }
  | {
      readonly type: 'done';
      readonly id: RequestId;
      readonly reason: StopReason;
      /** Of an answer of the fused model: steps of its run, warm-up included, after which it was written. */
      readonly step?: number;
      /**
       * Of an answer under an intervention, one number for each of its token events, in nats: KL of the next token under the
       * intervention from that of the model as trained, both given the text as it was written. Absent where it was cancelled.
       */
      readonly kl?: readonly number[];
    }
  /** Answers 'alone', the fused model first; a cancelled one is answered by 'done'. */
  | { readonly type: 'alone'; readonly id: RequestId; readonly voices: readonly Voice[]; readonly step: number }
  /** Of an evaluation or examination: at most four a second, and the last of every model or part. */
  | ({ readonly type: 'evaluating'; readonly id: RequestId } & EvaluationProgress)
  /** One model of several is measured; after the last one comes 'done'. */
  | { readonly type: 'evaluated'; readonly id: RequestId; readonly result: EvaluatedModel }
  /** Answers an examination; a cancelled one is answered by 'done'. */
  | { readonly type: 'examined'; readonly id: RequestId; readonly result: ExaminedModel }
  /** Of an alignment on its way: at most ten a second. */
  | { readonly type: 'aligning'; readonly id: RequestId; readonly status: RunStatus; readonly points: readonly StepMetrics[] }
  /** Answers an alignment; a cancelled one is answered by 'done' and changes nothing. */
  | { readonly type: 'aligned'; readonly id: RequestId; readonly result: Alignment }
  | { readonly type: 'saved'; readonly id: RequestId; readonly files: readonly SavedFile[] }
  | { readonly type: 'estimated'; readonly id: RequestId; readonly memory: FusionMemory }
  /** Answers a try and a map; cancelled ones are answered by 'done'. */
  | { readonly type: 'tried'; readonly id: RequestId; readonly result: TriedMerge }
  | { readonly type: 'mapped'; readonly id: RequestId; readonly result: DriftMap }
  | { readonly type: 'savedFused'; readonly id: RequestId; readonly result: SavedModel }
  /** With an id a request failed; without one, the engine itself. */
  | { readonly type: 'failed'; readonly id?: RequestId; readonly error: EngineError };

/** What must not be copied when the event crosses. */
export function transferables(event: Event): Transferable[] {
  if (event.type === 'saved') return event.files.map(({ bytes }) => bytes.buffer);
  if (event.type === 'savedFused') return [event.result.zip];
  if (event.type !== 'token' || event.routing === undefined) return [];
  const { logits, probabilities, shares, adds, stream } = event.routing;
  return [logits, probabilities, shares, adds, stream].flatMap((values) => (values === undefined ? [] : [values.buffer]));
}
