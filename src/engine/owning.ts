import type { MemoryEstimate } from '../train/memory_estimate';
import type { ExpertId, SourceModel } from './names';

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

export type Restored = { readonly rows: ExpertId } | { readonly model: ExpertId } | 'everything';

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

/** How far the fused model has moved since step 0. */
export interface LedgerDrift {
  /** After which step. */
  readonly step: number;
  /** By the name of a ledger row: ‖W − W⁰‖ / ‖W⁰‖, one number, or one an expert. */
  readonly rows: Readonly<Record<string, readonly number[]>>;
}

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
