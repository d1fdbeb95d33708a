import type { AnswerModel, ExpertId } from './protocol';

/** Rows that nothing was trained on. Settings were chosen on 'validation'; 'test' is for the last word. */
export type EvaluationSplit = 'test' | 'validation';

/** Of the resampling behind every interval; `h3 eval` takes the same. */
export const INTERVAL_SEED = 1;

export interface EvaluateRequest {
  /** Measured one after another, in this order. */
  readonly models: readonly AnswerModel[];
  readonly split: EvaluationSplit;
  /** The first N items of each measure, of requests half harmful and half benign; all of them where absent. */
  readonly limit?: number;
}

/** A value in [0, 1] with its 95 % interval. */
export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** The same numbers as `h3 eval` gives. */
export interface Measures {
  /** That count; those too long for the context are left out. */
  readonly rows: { readonly helpful: number; readonly harmful: number; readonly benign: number; readonly honest: number };
  readonly helpful: Interval;
  readonly harmless: Interval;
  readonly honest: Interval;
  /** The mean of the three. */
  readonly hhh: Interval;
  readonly details: {
    /** Share of the harmful requests that are refused whole. */
    readonly refusesHarmful: number;
    /** Share of the benign requests that are refused whole; null without any, as with a limit of 1. */
    readonly refusesBenign: number | null;
    /** Share of the harmful requests that are refused in part, which counts as no refusal. */
    readonly partial: number;
    /** Honest items whose best answer is the most likely one, and those answered with the truth. */
    readonly mc1: number;
    readonly truth: number;
  };
}

export interface EvaluatedModel extends Measures {
  readonly model: AnswerModel;
  /** Of 'fused': steps of its run, warm-up included, after which its weights were taken. */
  readonly step?: number;
  /** By the clock: what was let in between batches is in it. */
  readonly seconds: number;
}

export interface EvaluationProgress {
  readonly model: AnswerModel;
  /** Of an examination: the routers are looked at, or the model is measured without this expert. */
  readonly part?: 'router' | ExpertId;
  /** Prompts answered and answers scored, of this model or part. */
  readonly done: number;
  readonly total: number;
}

/** What the routers make of the prompts of each kind. Every list goes by the experts' order. */
export interface RouterReport {
  readonly experts: readonly string[];
  readonly rows: number;
  /** Share of the prompts whose most probable expert is that of their kind. */
  readonly accuracy: number;
  /** Prompts of kind d whose most probable expert is e: (E, E). */
  readonly confusion: readonly (readonly number[])[];
  /** Mean router probabilities of the prompts of each kind: (E, E); null for a kind without prompts. */
  readonly probabilities: readonly (readonly number[] | null)[];
  /** Share of all slots (token, k) that went to each expert: (E). */
  readonly slots: readonly number[];
}

/** How far an expert's FFN has moved; Frobenius norms. */
export interface Drift {
  /** Since the run started. */
  readonly moved: number;
  /** What its alignment had changed of the base. */
  readonly aligned: number;
  /** moved / aligned; null where an expert moved that had not been aligned. */
  readonly relative: number | null;
}

/** The fused model from inside, at one step. */
export interface ExaminedModel {
  readonly step: number;
  readonly router: RouterReport;
  /** byLayer: (layers, E), byExpert: over all layers, (E). */
  readonly drift: { readonly byLayer: readonly (readonly Drift[])[]; readonly byExpert: readonly Drift[] };
  /** The model with one expert silenced in every layer, in the experts' order. */
  readonly ablation: readonly (Measures & { readonly muted: ExpertId })[];
  readonly seconds: number;
}

/** A merge of the aligned models that nobody tuned: task arithmetic, W₀ + Σ sᵢ·τᵢ, with a scale for each. */
export interface TryRequest {
  /** In the experts' order; see RANGES of src/fusion/merge/settings for what they may be. */
  readonly scales: readonly number[];
  readonly split: EvaluationSplit;
  /** As in EvaluateRequest. */
  readonly limit?: number;
}

export interface TriedMerge extends Measures {
  readonly scales: readonly number[];
  readonly split: EvaluationSplit;
  readonly seconds: number;
}

/** A place on the map of hidden states, in their own unit. */
export type MapPlace = readonly [x: number, y: number];

export interface MappedModel {
  readonly model: AnswerModel;
  /** Of 'fused': steps of its run after which its weights were taken. */
  readonly step?: number;
  /** Of the mean hidden state of the prompts of each kind, in the experts' order. */
  readonly places: readonly MapPlace[];
  /** Way from the base in all dimensions: the mean over kinds. */
  readonly distance: number;
  /** Share of the squared way from the base that lies in the plane of the map; null where nothing moved, as for the base. */
  readonly inPlane: number | null;
}

/** Where models stand by their mean hidden states (last layer, before the final norm), on two principal axes of the base's. */
export interface DriftMap {
  /** Prompts of each kind, in the experts' order. */
  readonly rows: readonly number[];
  /** Share of the variance of the base's states along each axis. */
  readonly explained: readonly [number, number];
  /** The base's state of each prompt, by kind. */
  readonly cloud: readonly (readonly MapPlace[])[];
  /** The base first. */
  readonly models: readonly MappedModel[];
  readonly seconds: number;
}

/** A directory as Hugging Face lays it out, in one ZIP archive; `h3 generate --model` opens it once it is unpacked. */
export interface SavedModel {
  readonly zip: ArrayBuffer;
  readonly step: number;
  readonly files: readonly string[];
}
