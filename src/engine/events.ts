import type { RefusalCode, RefusalDetail } from '../errors/refusal';
import type { StepMetrics } from '../train/metrics';
import type { StopReason, TokenRouting, Voice } from './answering';
import type { DriftMap, EvaluatedModel, EvaluationProgress, ExaminedModel, SavedModel, TriedMerge } from './evaluation';
import type { RequestId } from './names';
import type { Alignment, FusionMemory, LedgerDrift, LedgerRow, ModelCard, SavedFile } from './owning';
import type { KeptSnapshots, Levers, ProgressStage, RunStatus } from './running';

export interface AdapterCard {
  readonly name: string;
  /** Computes on the processor: right, but slow. */
  readonly software: boolean;
}

export interface EngineError {
  /** 'unexpected' is a fault of the program; everything else is a refusal. */
  readonly code: RefusalCode | 'unexpected';
  readonly message: string;
  readonly detail: RefusalDetail;
}

/** What the engine tells the page. */
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
  | { readonly type: 'drifted'; readonly id: RequestId; readonly drift: LedgerDrift }
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
