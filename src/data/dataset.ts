import { Refusal } from '../errors/refusal';
import { datasetRecords, type DatasetFormat } from './dataset_rows';
import { datasetText } from './dataset_text';
import { promptText, type PromptTemplate } from './prompt';
import { fieldName, type DatasetRecord } from './record';
import type { Row } from './rows';

/** Column names of the known datasets, in lower case: request, further input, response. The first that fits is taken. */
const COLUMNS: readonly Columns[] = [
  { request: 'instruction', input: 'input', response: 'output' },
  { request: 'instruction', input: 'context', response: 'response' },
  { request: 'prompt', response: 'response' },
  { request: 'prompt', response: 'completion' },
  { request: 'question', response: 'best answer' },
  { request: 'question', response: 'answer' },
];

interface Columns {
  /** Absent only where the caller names the response's column and the file has no request. */
  readonly request?: string;
  readonly input?: string;
  readonly response: string;
}

/** How a file is read where it is not trained on. */
export interface ReadOptions {
  /** Rows that the file marks as unsafe are kept, too. */
  readonly unsafe?: boolean;
  /** An empty response is a response: a model may have answered nothing. It must still be there. */
  readonly emptyResponses?: boolean;
  /** Column of the response; the request's may then be missing. */
  readonly response?: string;
}

export interface Dataset {
  readonly file: string;
  readonly format: DatasetFormat;
  readonly rows: readonly Row[];
  /** Rows left out because the file marks them as unsafe (BeaverTails' is_safe). */
  readonly unsafe: number;
}

/**
 * Reads Alpaca, BeaverTails, TruthfulQA or any prompt and response, as JSON list, JSON lines or table; what it is follows
 * from the content. Every row needs a request and a response. Blank lines are passed over.
 * Throws a Refusal 'bad-dataset' that names the line (the row's index in a JSON list) and column, 'empty-dataset' where no row is.
 */
export function parseDataset(bytes: Uint8Array, file: string, template: PromptTemplate = 'alpaca', options: ReadOptions = {}): Dataset {
  const named = options.response === undefined ? undefined : fieldName(options.response);
  const isHeader = named === undefined ? isRequest : (names: readonly string[]): boolean => names.includes(named);
  const { format, records } = datasetRecords(datasetText(bytes, file), file, isHeader);
  const rows: Row[] = [];
  let unsafe = 0;
  const columns = named === undefined ? findColumns(records, file) : columnsBeside(named, records);
  for (const record of records) {
    if (columns === undefined) break;
    if (options.unsafe !== true && isUnsafe(record, file)) {
      unsafe += 1;
      continue;
    }
    const input = columns.input === undefined ? '' : text(record, columns.input, file);
    const request = { instruction: columns.request === undefined ? '' : required(record, columns.request, file), input };
    const response = required(record, columns.response, file, options.emptyResponses);
    rows.push({ prompt: promptText(request, template), response, line: record.line });
  }
  if (rows.length === 0) {
    throw new Refusal('empty-dataset', {
      file, expected: 'at least one row', got: unsafe === 0 ? 'none' : `${String(unsafe)} rows, all marked unsafe`,
      fix: 'give a file with rows',
    });
  }
  return { file, format, rows, unsafe };
}

/** Whether a record with these field names is a request and its response. */
export function isRequest(names: readonly string[]): boolean {
  return columnsOf(names) !== undefined;
}

function columnsOf(names: readonly string[]): Columns | undefined {
  return COLUMNS.find(({ request = '', response }) => names.includes(request) && names.includes(response));
}

/** The columns of the first record that is complete. Where none is, its request names the dataset, to be refused for its response. */
function findColumns(records: readonly DatasetRecord[], file: string): Columns | undefined {
  const [first] = records;
  if (first === undefined) return undefined;
  for (const { fields } of records) {
    const columns = columnsOf([...fields.keys()]);
    if (columns !== undefined) return columns;
  }
  const names = [...first.fields.keys()];
  const columns = COLUMNS.find(({ request = '' }) => names.includes(request));
  if (columns !== undefined) return columns;
  const expected = 'a request (instruction, prompt or question) and a response (output, response, completion or answer)';
  throw refuse(first, file, undefined, expected, JSON.stringify(names.join(', ').slice(0, 80)));
}

/** The columns of requests that stand beside a named response. */
function columnsBeside(response: string, records: readonly DatasetRecord[]): Columns | undefined {
  if (records.length === 0) return undefined;
  const known = COLUMNS.find(({ request = '' }) => records.some(({ fields }) => fields.has(request)));
  if (known?.request === undefined) return { response };
  return { request: known.request, ...(known.input === undefined ? {} : { input: known.input }), response };
}

function required(record: DatasetRecord, column: string, file: string, mayBeEmpty = false): string {
  const value = text(record, column, file);
  if (value !== '' || (mayBeEmpty && typeof record.fields.get(column) === 'string')) return value;
  throw refuse(record, file, column, 'a text', record.fields.has(column) ? 'an empty one' : 'none');
}

/** A cell without the space around it; missing and null are empty. */
function text(record: DatasetRecord, column: string, file: string): string {
  const value = record.fields.get(column) ?? '';
  if (typeof value === 'object') throw refuse(record, file, column, 'a text', 'a list or object');
  if (typeof value !== 'string') throw refuse(record, file, column, 'a text', String(value));
  return value.trim();
}

/** is_safe is a boolean in JSON and a word in tables. */
function isUnsafe(record: DatasetRecord, file: string): boolean {
  const value = record.fields.get('is safe') ?? true;
  const word = typeof value === 'string' ? value.trim().toLowerCase() : JSON.stringify(value);
  if (word !== 'true' && word !== 'false') throw refuse(record, file, 'is_safe', 'true or false', JSON.stringify(word.slice(0, 40)));
  return word === 'false';
}

function refuse(record: DatasetRecord, file: string, column: string | undefined, expected: string, got: string): Refusal {
  const fix = 'complete the row or take it out';
  if (record.place === 'line') {
    return new Refusal('bad-dataset', {
      file, ...(column === undefined ? {} : { field: column }), offset: record.line, offsetUnit: 'line', expected, got, fix,
    });
  }
  const field = [`row ${String(record.line)}`, column].filter((part) => part !== undefined).join(', ');
  return new Refusal('bad-dataset', { file, field, expected, got, fix });
}
