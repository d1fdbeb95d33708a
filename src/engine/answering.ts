import type { AnswerModel, ExpertId } from './names';

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
