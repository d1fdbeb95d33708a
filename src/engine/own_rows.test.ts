import { expect, test } from 'vitest';
import { readBytes } from '../headless/directory';
import { siteOf, studioFiles } from '../testing/tiny_studio';
import { loadEmbedded } from './embedded';
import { readOwnRows } from './own_rows';

const embedded = await loadEmbedded((path) => readBytes(`public/models/${path}`), () => undefined);
const bytes = (rows: readonly object[]) => new TextEncoder().encode(JSON.stringify(rows));

test('rows are put into the form that the embedded base knows, once', () => {
  const { dataset, unknown, tooLong } = readOwnRows('mine.json', bytes([
    { instruction: 'where is my coat?', output: 'i do not know.' },
    { instruction: 'where is my coat? =>', output: 'i do not know.' },
    { prompt: 'are bats blind?', instruction: 'are bats blind?', output: 'no, they can see.' },
  ]), embedded);
  expect(dataset.rows.map(({ prompt }) => prompt)).toEqual(['where is my coat? =>\n', 'where is my coat? =>\n', 'are bats blind? =>\n']);
  expect([unknown, tooLong]).toEqual([0, 0]);
});

test('rows with words outside of the vocabulary, and rows too long for the context, are counted', () => {
  const { dataset, unknown, tooLong } = readOwnRows('mine.json', bytes([
    { instruction: 'where is my quasar?', output: 'i do not know.' }, { instruction: 'where is my coat?', output: 'i do not know, splendidly.' },
    { instruction: 'where is my coat? '.repeat(40), output: 'i do not know.' },
  ]), embedded);
  expect([dataset.rows.length, unknown, tooLong]).toEqual([3, 2, 1]);
});

test('under Alpaca\'s template the request stands in Alpaca\'s words', async () => {
  const tiny = await loadEmbedded(siteOf(studioFiles({ template: 'alpaca' })), () => undefined);
  const models = { ...tiny.models, base: { ...tiny.models.base, config: { ...tiny.models.base.config, context: 1024 } } };
  const { dataset } = readOwnRows('mine.json', bytes([{ instruction: 'ab', output: 'c' }]), { ...tiny, models });
  expect(dataset.rows[0]?.prompt).toMatch(/^Below is an instruction[^]*### Instruction:\nab\n\n### Response:\n$/);
});
