import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseDataset } from '../data/dataset';
import { selectSplit, SPLIT_SEED } from '../data/split';
import { readBytes } from '../headless/directory';
import { tempFolder } from '../testing/model_directories';
import { readDocuments } from './documents';

const folder = tempFolder();

function file(name: string, content: string): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}
const texts = async (path: string): Promise<string[]> => (await readDocuments(path, 'plain')).map(({ text }) => text);

describe('the texts of a table are', () => {
  test('prompt and response', async () => {
    expect(await texts(file('pairs.csv', 'prompt,response\nwho,"me, you"\nwhat,that\n'))).toEqual(['who\nme, you', 'what\nthat']);
  });

  test('question and best answer, as in TruthfulQA', async () => {
    const header = 'Type,Category,Question,Best Answer,Correct Answers,Incorrect Answers,Source\n';
    const row = 'Adversarial,Misconceptions,Is it so?,It is not,"It is not; No",It is,https://example.org\n';
    expect(await texts(file('truths.csv', header + row))).toEqual(['Is it so?\nIt is not']);
  });

  test('the column `text`, whatever stands beside it', async () => {
    expect(await texts(file('texts.csv', 'id,text\n1, a cat \n2,a dog\n'))).toEqual(['a cat', 'a dog']);
    expect(await texts(file('both.csv', 'prompt,response,text\nwho,me,all of it\n'))).toEqual(['all of it']);
  });

  test('refused where no column is known, and where there is no row', async () => {
    await expect(texts(file('strange.csv', 'a,b\n1,2\n'))).rejects.toThrow('strange.csv at line 1: expected JSON, JSON lines, or a header');
    await expect(texts(file('bare.csv', 'text\n'))).rejects.toThrow('bare.csv: expected text, got none; give a file with text.');
  });
});

describe('texts stand on the side of the split that their rows stand on', () => {
  const rows = Array.from({ length: 100 }, (_, i) => ({ instruction: `ask ${String(i)}`, input: '', output: `say ${String(i)}` }));
  test.each([
    ['rows', rows],
    ['rows with a text of their own', rows.map((row) => ({ ...row, text: `${row.instruction}: ${row.output}` }))],
  ])('%s', async (name, all) => {
    const path = file(`${name}.json`, JSON.stringify(all));
    const { rows: dataset } = parseDataset(await readBytes(path), path);
    const held = new Set(selectSplit(dataset, 'validation', SPLIT_SEED).map(({ response }) => response));
    const train = selectSplit(await readDocuments(path, 'alpaca'), 'train', SPLIT_SEED);
    expect(held.size).toBeGreaterThan(2);
    expect(train).toHaveLength(100 - held.size);
    for (const { text } of train) expect([...held].some((response) => text.endsWith(` ${response}`) || text.endsWith(`\n${response}`))).toBe(false);
  });

  test('plain texts go by themselves', async () => {
    expect(await readDocuments(file('plain.txt', 'one\n\ntwo'), 'plain')).toEqual([
      { text: 'one', prompt: '', response: 'one' }, { text: 'two', prompt: '', response: 'two' },
    ]);
  });
});
