import type { ModelConfig } from '../formats/hf_config';
import type { Gpu } from '../gpu/gpu';
import { Generator } from '../model/generate';
import { initialWeights } from '../model/initial_weights';
import { FROZEN } from '../model/policy';
import { ParameterStore } from '../model/store';
import { median, randomRows } from './synthetic_model';

export interface DecodeBenchOptions {
  readonly config: ModelConfig;
  readonly promptTokens: number;
  /** Timed tokens, one after another. */
  readonly newTokens: number;
}

export interface DecodeTime {
  /** From the median time of one token, its logits read back and its router too. */
  readonly tokensPerSecond: number;
  readonly millisecondsPerToken: number;
  /** The whole prompt in one pass, compiled before. */
  readonly promptMilliseconds: number;
}

/** Greedy generation with a KV cache, a token at a time. */
export async function benchDecode(gpu: Gpu, { config, promptTokens, newTokens }: DecodeBenchOptions): Promise<DecodeTime> {
  const store = new ParameterStore(gpu, config, FROZEN);
  store.load(initialWeights(config, 1));
  const generator = new Generator(store, { capacity: promptTokens + newTokens + 1 });
  const prompt = [...(randomRows(1, promptTokens, config)[0]?.ids ?? [])];
  const write = async (count: number): Promise<number[]> => {
    const times: number[] = [];
    let last = performance.now();
    for await (const _ of generator.run(prompt, { maxNewTokens: count, temperature: 0, topP: 1, seed: 1, eos: [] })) {
      const now = performance.now();
      times.push(now - last);
      last = now;
    }
    return times;
  };
  try {
    await write(2);
    const [promptMilliseconds = NaN, ...times] = await write(newTokens + 1);
    const milliseconds = median(times);
    return { tokensPerSecond: 1000 / milliseconds, millisecondsPerToken: milliseconds, promptMilliseconds };
  } finally {
    generator.dispose();
    store.dispose();
  }
}
