import type { EncodedRow } from '../data/rows';

/** Anything that answers prompts: a model, an ensemble of models, an aggregator over candidates' answers. */
export interface Answerer {
  readonly name: string;
  /**
   * The most likely continuation of each prompt, token by token, EOS included where it came within `maxNewTokens`.
   * prompts: token ids, BOS included.
   */
  readonly greedy: (prompts: readonly (readonly number[])[], options: GreedyOptions) => Promise<readonly (readonly number[])[]>;
  /** ln p of every response token (from promptLength on, EOS included) of each row, in nats. */
  readonly logProbs: (rows: readonly EncodedRow[], options?: ScoreOptions) => Promise<readonly Float64Array[]>;
  readonly dispose: () => void;
}

export interface ScoreOptions {
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
  /** Awaited after every batch, with nothing on its way: whoever shares the GPU may have it then, and leaves the weights as they are. */
  readonly between?: () => Promise<void>;
}

export interface GreedyOptions extends ScoreOptions {
  readonly maxNewTokens: number;
  readonly eos: readonly number[];
}
