import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeConfig } from '../formats/hf_config_writer';
import { nodeGpu } from '../headless/node_gpu';
import { SMALL, SMALL_ANSWERS, tempFolder } from '../testing/model_directories';
import { packDocuments, readDocuments, singleDocuments } from './documents';
import { invoke } from './invoke';
import { readTokenizer } from './open_tokenizer';

const folder = tempFolder();
const at = (name: string): string => join(folder, name);
const run = (name: string, ...args: string[]) => invoke(name, args, () => nodeGpu(() => undefined));

test('a tokenizer and a base model from texts and rows: the loss falls, and the model reads and writes text', async () => {
  const animals = Array.from({ length: 60 }, (_, i) => ['cat', 'dog', 'cow'][i % 3] ?? '');
  const texts = animals.map((animal, i) => `the ${animal} number ${String(i)} sat on the mat\nand slept`);
  writeFileSync(at('corpus.txt'), texts.join('\n\n'));
  const rows = Object.values(SMALL_ANSWERS).map((output, i) => ({ instruction: `say ${String(i)}`, input: '', output }));
  writeFileSync(at('rows.json'), JSON.stringify(rows));
  writeFileSync(at('config.json'), writeConfig({ ...SMALL, vocab: 300 }));
  const data = ['--data', at('corpus.txt'), at('rows.json'), '--template', 'plain'];

  const tokenizer = await run('tokenizer', ...data, '--vocab-size', '290', '--out', at('tokenizer'));
  expect(tokenizer).toMatchObject({ vocab: 290, documents: 63 });
  const base = await run('pretrain', ...data, '--tokenizer', at('tokenizer'), '--config', at('config.json'), '--out', at('base'),
    '--steps', '12', '--batch', '8', '--lr', '0.01', '--max-length', '24');
  expect(base).toMatchObject({ steps: 12, documents: 63, stopped: false });
  const losses = readFileSync(base['metrics'] as string, 'utf8').trim().split('\n').map((line) => (JSON.parse(line) as { lm: number }).lm);
  expect(losses).toHaveLength(12);
  expect(losses[0]).toBeGreaterThan(5.4);
  expect(losses.at(-1)).toBeLessThan(4.5);
  expect(existsSync(join(at('base'), 'tokenizer.json'))).toBe(true);
  const written = await run('generate', '--model', at('base'), '--prompt', 'the cat', '--max-new-tokens', '5');
  expect(written['ids']).toHaveLength(5);
});

test('documents are packed end to end, and every token is kept', async () => {
  const { tokenizer } = await readTokenizer(at('tokenizer'));
  const documents = (await readDocuments(at('corpus.txt'), 'plain')).map(({ text }) => text);
  const packed = packDocuments(documents, tokenizer, 24);
  expect(packed.slice(0, -1).every(({ ids, promptLength }) => ids.length === 24 && promptLength === 0)).toBe(true);
  const all = packed.flatMap(({ ids }) => [...ids]);
  expect(all.slice(0, 1)).toEqual([1]);
  expect(all.filter((id) => id === 2)).toHaveLength(60);
  const single = singleDocuments(documents, tokenizer, 1000);
  expect(single.flatMap(({ ids }) => [...ids])).toEqual(all);
  expect(tokenizer.decode([...(single[0]?.ids ?? [])])).toBe(documents[0]);
});

test('rows that loss holds out are not pretrained on', async () => {
  const answers = Array.from({ length: 60 }, (_, i) => `{"prompt":"ask ${String(i)}","response":"say ${String(i)}"}`);
  writeFileSync(at('held.jsonl'), answers.join('\n'));
  const options = ['--data', at('held.jsonl'), '--template', 'plain', '--tokenizer', at('tokenizer'), '--max-length', '64'];
  for (const seed of ['1', '9']) {
    const split = ['--split-seed', seed];
    const { rows: train } = await run('loss', '--model', at('base'), ...options, ...split, '--split', 'train');
    expect(train).toBeLessThan(60);
    const config = ['--config', at('config.json'), '--pack', 'single', '--steps', '0', '--out', at(`held ${seed}`)];
    expect(await run('pretrain', ...options, ...split, ...config)).toMatchObject({ documents: 60, rows: train });
  }
});
