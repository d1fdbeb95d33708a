import { REST } from '../model/batch_decoder';
import { argmax } from '../model/sample';
import type { GreedyOptions } from './answerer';

/** What writes: BatchDecoder is one, an ensemble of them another. Scores are (prompts, V), the largest is the next token. */
export interface Decoder {
  readonly start: (prompts: readonly (readonly number[])[]) => Promise<Float32Array | Float64Array>;
  /** One token for each prompt; REST where a sequence has ended. */
  readonly step: (ids: readonly number[]) => Promise<Float32Array | Float64Array>;
  readonly dispose: () => void;
}

export interface DecodingSize {
  /** Prompts at once. */
  readonly batch: number;
  /** Tokens of the longest sequence, prompt and answer together. */
  readonly capacity: number;
}

export interface GreedyLimits {
  /** Most prompts at once. */
  readonly batch: number;
  /** Of the model, in tokens. */
  readonly context: number;
}

/**
 * The most likely continuation of each prompt, in the order of the prompts; ties go to the lowest id. A prompt that fills the
 * context, and an empty one, get an empty answer. Once the signal is aborted, what has been written is returned.
 * `open` gets the indices of the prompts in the order in which they will be started, some at a time.
 */
export async function greedyAnswers(
  prompts: readonly (readonly number[])[], options: GreedyOptions, { batch, context }: GreedyLimits,
  open: (size: DecodingSize, order: readonly number[]) => Decoder,
): Promise<number[][]> {
  const { maxNewTokens, onProgress, signal, between } = options;
  const answers = prompts.map((): number[] => []);
  const lengthOf = (i: number): number => prompts[i]?.length ?? 0;
  // Prompts of like length share a batch: less padding. The longest come first: their buffers hold the shorter ones too.
  const order = [...prompts.keys()].filter((i) => lengthOf(i) > 0 && lengthOf(i) < context).sort((a, b) => lengthOf(b) - lengthOf(a));
  let done = prompts.length - order.length;
  if (order.length === 0 || maxNewTokens < 1) {
    onProgress?.(prompts.length, prompts.length);
    return answers;
  }
  const parts = Math.ceil(order.length / batch);
  const size = Math.ceil(order.length / parts);
  const capacity = Math.min(context, lengthOf(order[0] ?? 0) + maxNewTokens);
  const decoder = open({ batch: size, capacity }, order);
  try {
    for (let start = 0; start < order.length && signal?.aborted !== true; start += size) {
      const some = order.slice(start, start + size);
      await writeBatch(decoder, some.map((i) => prompts[i] ?? []), some.map((i) => answers[i] ?? []), { ...options, context });
      done += some.length;
      onProgress?.(done, prompts.length);
      await between?.();
    }
  } finally {
    decoder.dispose();
  }
  return answers;
}

async function writeBatch(
  decoder: Decoder, prompts: readonly (readonly number[])[], answers: readonly number[][],
  { maxNewTokens, eos, signal, context }: GreedyOptions & Pick<GreedyLimits, 'context'>,
): Promise<void> {
  let scores = await decoder.start(prompts);
  const V = scores.length / prompts.length;
  const running = prompts.map(() => true);
  for (;;) {
    const ids = answers.map((answer, b) => {
      if (running[b] !== true) return REST;
      const id = argmax(scores.subarray(b * V, (b + 1) * V));
      answer.push(id);
      // The last place of the context still predicts a token, which has no place itself.
      const goesOn = !eos.includes(id) && answer.length < maxNewTokens && (prompts[b]?.length ?? 0) + answer.length <= context;
      running[b] = goesOn;
      return goesOn ? id : REST;
    });
    if (signal?.aborted === true || !ids.some((id) => id !== REST)) return;
    scores = await decoder.step(ids);
  }
}
