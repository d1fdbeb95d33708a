import { encodePrompt } from '../data/encode';
import { loadEmbedded } from '../engine/embedded';
import { EXPERTS, type GenerateRequest } from '../engine/protocol';
import type { HostModel } from '../fusion/assemble';
import { nodeGpu } from '../headless/node_gpu';
import { FROZEN } from '../model/policy';
import { ParameterStore } from '../model/store';
import { DENSE, siteOf, type studioFiles } from './tiny_studio';

/** Answers that are long enough to differ where the models do. */
export const LONG: GenerateRequest = { model: 'fused', prompt: 'fedcab', maxNewTokens: 20, temperature: 0, topP: 1, seed: 1 };

/** The same files outside the engine: models, tokens of LONG, and how ids are read. */
export async function apart(have: ReturnType<typeof studioFiles>) {
  const { models, tokenizer } = await loadEmbedded(siteOf(have), () => undefined);
  const gpu = await nodeGpu(() => undefined);
  const experts = EXPERTS.map((expert) => models[expert]);
  const open = ({ weights }: HostModel): ParameterStore => {
    const store = new ParameterStore(gpu, DENSE, FROZEN);
    store.load(weights);
    return store;
  };
  const read = (ids: readonly number[]): string => {
    const stream = tokenizer.stream();
    return ids.map((id) => stream.push(id)).join('') + stream.flush();
  };
  return { base: models.base, experts, open, read, prompt: encodePrompt(tokenizer, `${LONG.prompt}\n`) };
}
