import type { AlignRecipe } from './align_recipe';
import type { AloneRequest, GenerateRequest } from './answering';
import type { EvaluateRequest, TryRequest } from './evaluation';
import type { ExpertId, RequestId, RunId, SourceModel } from './names';
import type { OwnFile, OwnFolder, Restored } from './owning';
import type { RunRecipe } from './recipe';
import type { ForkPoint, Levers } from './running';

/** What the page asks of the engine. */
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
  /** How far each tensor of the fused model has moved since step 0. */
  | { readonly type: 'drift'; readonly id: RequestId }
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
