import Papa from 'papaparse';
import { Refusal } from '../errors/refusal';
import { fieldName, type DatasetRecord } from './record';

const DELIMITERS = [',', '\t', ';'] as const;

/**
 * The records of a table with a header line, separated by commas, tabs or semicolons: by that which gives a header the
 * caller knows. Every record needs as many fields as the header. Throws a Refusal 'bad-dataset' naming the line.
 */
export function csvRecords(text: string, file: string, isHeader: (names: readonly string[]) => boolean): DatasetRecord[] {
  const headers = DELIMITERS.map((delimiter) => ({ delimiter, names: readHeader(text, delimiter) }));
  const known = headers.find(({ names }) => isHeader(names));
  if (known === undefined) {
    throw new Refusal('bad-dataset', {
      file, offset: 1, offsetUnit: 'line', expected: 'JSON, JSON lines, or a header with prompt and response columns',
      got: JSON.stringify((headers[0]?.names ?? []).join(', ').slice(0, 80)), fix: 'name the columns, e.g. "prompt,response"',
    });
  }
  const { names, delimiter } = known;
  const records: DatasetRecord[] = [];
  for (const { cells, line } of readCells(text, delimiter, file).slice(1)) {
    if (cells.length !== names.length) {
      throw new Refusal('bad-dataset', {
        file, offset: line, offsetUnit: 'line', expected: `${String(names.length)} columns`, got: String(cells.length),
      });
    }
    records.push({ fields: new Map(names.map((name, i) => [name, cells[i] ?? ''])), line, place: 'line' });
  }
  return records;
}

function readHeader(text: string, delimiter: string): string[] {
  return (Papa.parse<string[]>(text, { preview: 1, delimiter }).data[0] ?? []).map(fieldName);
}

/** Rows with the line each begins on; a quoted cell may hold line breaks, so that rows are no lines. */
function readCells(text: string, delimiter: string, file: string): { cells: readonly string[]; line: number }[] {
  const rows: { cells: readonly string[]; line: number }[] = [];
  let line = 1;
  let start = 0;
  Papa.parse<string[]>(text, {
    delimiter,
    step: ({ data, errors, meta }) => {
      const [error] = errors;
      if (error !== undefined) {
        const got = error.code === 'MissingQuotes' ? 'a quote that is never closed' : 'a quote inside a quoted cell';
        throw new Refusal('bad-dataset', {
          file, offset: line, offsetUnit: 'line', expected: 'cells with closed quotes', got, fix: 'double quotes inside cells: ""',
        });
      }
      if (data.some((cell) => cell.trim() !== '')) rows.push({ cells: data, line });
      for (let i = text.indexOf('\n', start); i !== -1 && i < meta.cursor; i = text.indexOf('\n', i + 1)) line += 1;
      start = meta.cursor;
    },
  });
  return rows;
}
