import { extname } from 'node:path';
import { isRequest, parseDataset } from '../data/dataset';
import { datasetRecords } from '../data/dataset_rows';
import { datasetText } from '../data/dataset_text';
import type { PromptTemplate } from '../data/prompt';
import type { EncodedRow, Row } from '../data/rows';
import type { Tokenizer } from '../data/tokenizer';
import { Refusal } from '../errors/refusal';
import { readBytes } from '../headless/directory';
import { templateFor, type TemplateChoice } from './open_rows';

/**
 * A text to train on. Prompt and response are what the split goes by: of a dataset's row they are the row's, so that what
 * other commands hold out is held out of texts too; of any other text the prompt is empty and the response the text.
 */
export interface TextDocument extends Pick<Row, 'prompt' | 'response'> {
  readonly text: string;
}

/**
 * The texts of a file. JSON, JSON lines and tables: the field `text` where there is one, else prompt and response of every
 * row as the template puts them. Anything else is plain text, whose documents are separated by blank lines.
 */
export async function readDocuments(file: string, template: TemplateChoice): Promise<TextDocument[]> {
  const bytes = await readBytes(file);
  const text = datasetText(bytes, file);
  const documents = isRows(text, file)
    ? rowDocuments(bytes, text, file, templateFor(file, template))
    : text.split(/\r?\n[ \t]*(?:\r?\n[ \t]*)+/).map((document) => plain(document.trim()));
  const filled = documents.filter((document) => document.text !== '');
  if (filled.length === 0) throw new Refusal('empty-dataset', { file, expected: 'text', got: 'none', fix: 'give a file with text' });
  return filled;
}

function isRows(text: string, file: string): boolean {
  return /^\s*[[{]/.test(text) || extname(file).toLowerCase() === '.csv';
}

function plain(text: string): TextDocument {
  return { text, prompt: '', response: text };
}

function rowDocuments(bytes: Uint8Array, text: string, file: string, template: PromptTemplate): TextDocument[] {
  const { records } = datasetRecords(text, file, (names) => names.includes('text') || isRequest(names));
  const [first] = records;
  if (first === undefined) return [];
  const hasText = first.fields.has('text');
  const rows = hasText && !isRequest([...first.fields.keys()]) ? [] : parseDataset(bytes, file, template).rows;
  if (!hasText) return rows.map(({ prompt, response }) => ({ text: `${prompt}${response}`, prompt, response }));
  const byLine = new Map(rows.map(({ line, prompt, response }) => [line, { prompt, response }]));
  return records.map(({ fields, line, place }) => {
    const value = fields.get('text');
    if (typeof value !== 'string') {
      const field = `${place} ${String(line)}, text`;
      throw new Refusal('bad-dataset', { file, field, expected: 'a text', got: 'none', fix: 'complete the row or take it out' });
    }
    return { ...plain(value.trim()), ...byLine.get(line) };
  });
}

/** BOS, text, EOS of every document, one after another, cut into rows of `length` tokens; every token but the first is a target. */
export function packDocuments(documents: readonly string[], tokenizer: Tokenizer, length: number): EncodedRow[] {
  const rows: EncodedRow[] = [];
  let row = new Uint32Array(length);
  let filled = 0;
  for (const document of documents) {
    for (const id of documentIds(document, tokenizer)) {
      row[filled] = id;
      filled += 1;
      if (filled < length) continue;
      rows.push({ ids: row, promptLength: 0 });
      row = new Uint32Array(length);
      filled = 0;
    }
  }
  if (filled > 1) rows.push({ ids: row.slice(0, filled), promptLength: 0 });
  return rows;
}

/** Every document its own row, cut off at `length`: for texts that begin where prompts begin. */
export function singleDocuments(documents: readonly string[], tokenizer: Tokenizer, length: number): EncodedRow[] {
  return documents.map((document) => ({ ids: Uint32Array.from(documentIds(document, tokenizer).slice(0, length)), promptLength: 0 }));
}

function documentIds(document: string, tokenizer: Tokenizer): number[] {
  const { bos, eos } = tokenizer;
  return [...(bos === undefined ? [] : [bos]), ...tokenizer.encode(document, { addSpecial: false }), ...(eos === undefined ? [] : [eos])];
}
