import { Refusal } from '../errors/refusal';
import { isJsonArray, isJsonMap, lineAt, parseJson, type JsonValue } from '../formats/json';
import { csvRecords } from './csv';
import { fieldName, type DatasetRecord } from './record';

export type DatasetFormat = 'json' | 'jsonl' | 'csv';

/** The records of a JSON array, of JSON lines or of a table; which of them it is follows from the text, not from the name. */
export function datasetRecords(
  text: string, file: string, isHeader: (names: readonly string[]) => boolean,
): { format: DatasetFormat; records: DatasetRecord[] } {
  const start = /\S/.exec(text);
  if (start === null) throw new Refusal('empty-dataset', {
    file, expected: 'at least one row', got: 'an empty file', fix: 'give a file with rows',
  });
  if (start[0] === '[') return { format: 'json', records: jsonRecords(text, file) };
  if (start[0] === '{') return { format: 'jsonl', records: jsonLineRecords(text, file) };
  return { format: 'csv', records: csvRecords(text, file, isHeader) };
}

function jsonRecords(text: string, file: string): DatasetRecord[] {
  const json = parseJson(text, { file, code: 'bad-dataset', lines: true });
  if (!isJsonArray(json)) throw new Refusal('bad-dataset', { file, expected: 'a list of rows', got: 'another JSON value' });
  return json.map((value, i) => ({ fields: fieldsOf(value, file, `row ${String(i + 1)}`), line: i + 1, place: 'row' }));
}

function jsonLineRecords(text: string, file: string): DatasetRecord[] {
  const records: DatasetRecord[] = [];
  let line = 0;
  for (const content of text.split('\n')) {
    line += 1;
    if (content.trim() === '') continue;
    const value = parseLine(content, line, text, file);
    records.push({ fields: fieldsOf(value, file, `line ${String(line)}`), line, place: 'line' });
  }
  return records;
}

function parseLine(content: string, line: number, text: string, file: string): JsonValue {
  try {
    return parseJson(content, { file, code: 'bad-dataset', lines: true });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { expected, got } = error.detail;
    // A pretty-printed object fails on its first line; say so rather than complain about a missing bracket.
    const spread = line === lineAt(text, text.indexOf('{')) && content.trim() === '{';
    throw new Refusal('bad-dataset', {
      file, offset: line, offsetUnit: 'line',
      expected: spread ? 'one JSON object a line, or a JSON list of them' : (expected ?? 'a JSON object'),
      got: spread ? 'an object over several lines' : (got ?? 'another text'),
    });
  }
}

function fieldsOf(value: JsonValue, file: string, place: string): Map<string, JsonValue> {
  if (!isJsonMap(value)) throw new Refusal('bad-dataset', { file, field: place, expected: 'a JSON object', got: 'another value' });
  return new Map([...value].map(([name, field]) => [fieldName(name), field]));
}
