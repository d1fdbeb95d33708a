import { expect, test } from 'vitest';
import { encodePrompt } from '../data/encode';
import { loadTokenizer } from '../data/tokenizer';
import type { ModelConfig } from '../formats/hf_config';
import { nodeGpu } from '../headless/node_gpu';
import { FROZEN } from '../model/policy';
import { ParameterStore } from '../model/store';
import { SMALL, smallTokenizer, smallWeights } from '../testing/model_directories';
import { routerRecords } from './routing';
import type { Suite } from './suite';
import { suiteRouting } from './suite_routing';

const files = smallTokenizer();
const tokenizer = loadTokenizer(files.get('tokenizer.json') ?? new Uint8Array(), files.get('tokenizer_config.json'), 'tokenizer.json');
const MIXED: ModelConfig = { ...SMALL, experts: 3, topK: 2, expertNames: ['honest', 'helpful', 'other'] };
const SUITE: Suite = {
  helpful: ['sum', 'list', 'x '.repeat(80)].map((prompt) => ({ prompt, response: 'r', family: '', open: false })),
  harmless: [{ prompt: 'rob', harmful: true, category: '' }],
  honest: [{ prompt: 'are bats blind', family: '', correct: ['no'], incorrect: ['yes'] }],
};

async function open(config: ModelConfig): Promise<ParameterStore> {
  const store = new ParameterStore(await nodeGpu(() => undefined), config, FROZEN);
  store.load(smallWeights(config));
  return store;
}

test('prompts are held against the expert named after their kind; kinds without one and long prompts are left out', async () => {
  const store = await open(MIXED);
  const routing = await suiteRouting(store, SUITE, tokenizer);
  const rows = ['sum', 'list', 'are bats blind'].map((prompt) => {
    const ids = Uint32Array.from(encodePrompt(tokenizer, prompt));
    return { ids, promptLength: ids.length };
  });
  const { mean } = await routerRecords(store, rows);
  const best = mean.map((row) => row.indexOf(Math.max(...row)));
  expect(routing).toMatchObject({ experts: MIXED.expertNames, rows: 3 });
  expect(routing?.accuracy).toBeCloseTo([best[0] === 1, best[1] === 1, best[2] === 0].filter(Boolean).length / 3, 12);
  expect(routing?.confusion.map((counts) => counts.reduce((sum, count) => sum + count, 0))).toEqual([1, 2, 0]);
  expect(routing?.confusion[0]?.[best[2] ?? -1]).toBe(1);
  const [honest, helpful, other] = routing?.probabilities ?? [];
  expect(honest?.[0]).toBeCloseTo(mean[2]?.[0] ?? NaN, 6);
  expect(helpful?.[2]).toBeCloseTo(((mean[0]?.[2] ?? NaN) + (mean[1]?.[2] ?? NaN)) / 2, 6);
  expect(other).toBeNull();
  expect(routing?.slots.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
  store.dispose();
});

test('there is nothing to say of dense models, of experts without names, and of names that are no kind', async () => {
  const { expertNames: _, ...nameless } = MIXED;
  for (const config of [SMALL, nameless, { ...MIXED, expertNames: ['a', 'b', 'c'] }]) {
    const store = await open(config);
    expect(await suiteRouting(store, SUITE, tokenizer)).toBeUndefined();
    store.dispose();
  }
});
