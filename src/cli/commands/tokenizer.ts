import { trainBpe } from '../../data/bpe';
import { writeDirectory } from '../../headless/directory';
import { command } from '../command';
import { readDocuments } from '../documents';
import { EMBEDDED } from '../embedded';
import { rowOptions } from '../open_rows';
import { integer, path, paths } from '../options';
import { requireOutputFolder } from '../output';

export const tokenizerCommand = command({
  name: 'tokenizer',
  summary: 'learns a byte-level BPE and writes its tokenizer.json',
  examples: ['tokenizer --data corpus.txt rows.json --vocab-size 2048 --out models/base'],
  options: {
    data: paths([...EMBEDDED.data.values()], 'texts: plain, or the rows of JSON, JSONL and CSV'),
    'vocab-size': integer(2048, 'most tokens, 259 of them bytes and special ones'),
    out: path('DIR', 'out/tokenizer', 'the folder to write into'),
    template: rowOptions.template,
  },
  run: async ({ data, 'vocab-size': vocabSize, out, template }) => {
    const documents: string[] = [];
    for (const file of data) for (const { text } of await readDocuments(file, template)) documents.push(text);
    requireOutputFolder(out, 'files', []);
    const { files, vocab } = trainBpe(documents, vocabSize);
    await writeDirectory(out, files);
    return {
      json: { out, vocab, documents: documents.length },
      text: `${out}: ${vocab} tokens from ${documents.length} documents${vocab < vocabSize ? ' (no more pair occurs twice)' : ''}`,
    };
  },
});
