import type { AnswerModel, StopReason, TokenRouting } from '../../src/engine/protocol';

export interface AnswerSettings {
  readonly maxNewTokens: number;
  readonly temperature: number;
  readonly topP: number;
  readonly seed: number;
}

export interface AnswerToken {
  readonly text: string;
  /** The tokens that make it; a recorded run has none. */
  readonly ids?: readonly number[];
  readonly routing?: TokenRouting;
}

/** One answer of one model, as far as it is written. */
export interface Answer {
  readonly model: AnswerModel;
  readonly prompt: string;
  readonly state: 'waiting' | 'writing' | StopReason | 'failed';
  readonly tokens: readonly AnswerToken[];
  /** Steps of the run after which the fused model wrote it. */
  readonly step?: number;
  /** Experts per token of the run's own then. */
  readonly topK?: number;
  /** With which it was asked. */
  readonly settings?: AnswerSettings;
  /** How far each token's probabilities were moved by what was done to the router, in nats; known at the end. */
  readonly kl?: readonly number[];
  /** Milliseconds from the request to the newest token. */
  readonly elapsed: number;
}

export function newAnswer(model: AnswerModel, prompt: string): Answer {
  return { model, prompt, state: 'waiting', tokens: [], elapsed: 0 };
}

export function isBusy(answer: Answer | undefined): boolean {
  return answer?.state === 'waiting' || answer?.state === 'writing';
}

export function answerText(answer: Answer): string {
  return answer.tokens.map(({ text }) => text).join('').trim();
}

export function tokensPerSecond({ tokens, elapsed }: Answer): number {
  return elapsed > 0 ? (1000 * tokens.length) / elapsed : Number.NaN;
}
