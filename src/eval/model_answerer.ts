import { BatchDecoder } from '../model/batch_decoder';
import type { ParameterStore } from '../model/store';
import type { Answerer } from './answerer';
import { greedyAnswers } from './greedy';
import { tokenLogProbs } from './log_probs';

export interface ModelAnswererOptions {
  /** Sequences at once. */
  readonly batch?: number;
  /** Experts kept per token; the config's by default. */
  readonly topK?: number;
  /** Bit e silences expert e in every layer; none by default. */
  readonly muted?: number;
}

export const DEFAULT_BATCH = 64;

/** Answers by one model, many prompts at once. The store stays the caller's: dispose() frees nothing of it. */
export function modelAnswerer(name: string, store: ParameterStore, { batch = DEFAULT_BATCH, ...model }: ModelAnswererOptions = {}): Answerer {
  const { context } = store.config;
  return {
    name,
    greedy: (prompts, options) => greedyAnswers(prompts, options, { batch, context }, (size) => {
      const decoder = new BatchDecoder(store, { ...size, ...model });
      return {
        start: (some) => decoder.start(some), step: (ids) => decoder.step(ids), dispose: () => { decoder.dispose(); },
      };
    }),
    logProbs: (rows, options) => tokenLogProbs(store, rows, { ...options, ...model, batch }),
    dispose: () => undefined,
  };
}
