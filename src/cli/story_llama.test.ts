import { describe, expect, test } from 'vitest';
import { nodeGpu } from '../headless/node_gpu';
import { SHARED_DATA, WHY_SKIPPED } from '../testing/shared_data';
import { invoke } from './invoke';

const model = `${SHARED_DATA ?? ''}/models/story-llama`;
/** "Once upon a time" */
const IDS = '1,80,147,201,282,57';
const run = (name: string, ...args: string[]) => invoke(name, args, () => nodeGpu(() => undefined));

describe.skipIf(SHARED_DATA === undefined)(`a real Llama${WHY_SKIPPED}`, () => {
  test('its next token and logit are those of the reference', async () => {
    const { logits, argmax } = await run('logits', '--model', model, '--ids', IDS) as { logits: number[]; argmax: number };
    expect(argmax).toBe(313);
    expect(Math.abs((logits[313] ?? NaN) - 17.3808)).toBeLessThan(1e-3);
  });

  test('text and ids are the same input, and 120 tokens of it are a story', async () => {
    const answer = await run('generate', '--model', model, '--prompt', 'Once upon a time', '--max-new-tokens', '120');
    const { ids, text } = answer as { ids: number[]; text: string };
    expect(ids).toHaveLength(120);
    expect(text).toMatch(/^, a little girl named Lily/);
    const short = await run('generate', '--model', model, '--ids', IDS, '--max-new-tokens', '5');
    expect(short).toEqual({ ids: ids.slice(0, 5), text: null });
  });

  test('info needs no GPU', async () => {
    const { parameters, config, adapter } = await invoke('info', ['--model', model], () => Promise.reject(new Error('none')));
    expect({ parameters, adapter }).toEqual({ parameters: 656_000, adapter: null });
    expect(config).toMatchObject({ hidden_size: 128, num_hidden_layers: 2, head_dim: 16, torch_dtype: 'float32' });
  });
});
