import { datasetRecords } from '../data/dataset_rows';
import { datasetText } from '../data/dataset_text';
import { promptText, type PromptTemplate } from '../data/prompt';
import { fieldName, type DatasetRecord } from '../data/record';
import { Refusal } from '../errors/refusal';
import { isJsonArray, isJsonMap, parseJson } from '../formats/json';
import type { HarmlessItem, HelpfulItem, HonestItem, Suite } from './suite';
import { SuiteFields } from './suite_fields';
import { SUITE_KINDS, type SuiteKind } from './suite_kinds';

/** The files of a suite's folder; each may be absent. */
export const SUITE_FILES = ['helpful.json', 'harmless.json', 'honest.json'] as const;

export interface SuiteFile {
  readonly suite: Suite;
  /** What the file was taken for, e.g. "TruthfulQA". */
  readonly kind: string;
  /** What was assumed or left out, for people; no full stop. */
  readonly notes: readonly string[];
}

/**
 * Reads a file of a suite: our own lists, TruthfulQA (table or multiple choice), BeaverTails, XSTest, Alpaca, self-instruct, Dolly,
 * SelfAware or preference pairs. Which of them it is follows from its fields, not from its name. 'auto' puts requests into
 * Alpaca's template, but leaves our own lists as they are.
 * Throws a Refusal 'bad-dataset' naming line (or row) and field, 'empty-dataset' where there is no row.
 */
export function parseSuiteFile(bytes: Uint8Array, file: string, template: PromptTemplate | 'auto' = 'auto'): SuiteFile {
  const { records, table } = readRecords(datasetText(bytes, file), file);
  if (records.length === 0) {
    throw new Refusal('empty-dataset', { file, expected: 'at least one row', got: 'none', fix: 'give a file with rows' });
  }
  const kind = SUITE_KINDS.find(({ fields }) => records.some((record) => fields.every((name) => record.fields.has(name))));
  if (kind === undefined) throw unknownFile(file, [...(records[0]?.fields.keys() ?? [])]);
  const used = template === 'auto' ? (kind.ownForm === true ? 'plain' : 'alpaca') : template;
  return readItems(records.map((record) => new SuiteFields(record, file, table)), kind, used);
}

/** One suite of several: the lists one after another. */
export function joinSuites(suites: readonly Suite[]): Suite {
  return {
    helpful: suites.flatMap(({ helpful }) => helpful),
    harmless: suites.flatMap(({ harmless }) => harmless),
    honest: suites.flatMap(({ honest }) => honest),
  };
}

/**
 * The first `limit` items of each list; of the requests, harmful and benign ones by halves as far as there are, since a list may
 * hold one side first (XSTest) and the measure needs both.
 */
export function limitSuite({ helpful, harmless, honest }: Suite, limit: number): Suite {
  const harmful = harmless.filter((item) => item.harmful).length;
  let harmfulLeft = Math.max(Math.ceil(limit / 2), limit - (harmless.length - harmful));
  let benignLeft = Math.max(Math.floor(limit / 2), limit - harmful);
  return {
    helpful: helpful.slice(0, limit),
    harmless: harmless.filter((item) => (item.harmful ? harmfulLeft-- : benignLeft--) > 0),
    honest: honest.slice(0, limit),
  };
}

function readItems(rows: readonly SuiteFields[], kind: SuiteKind, template: PromptTemplate): SuiteFile {
  const suite: { helpful: HelpfulItem[]; harmless: HarmlessItem[]; honest: HonestItem[] } = { helpful: [], harmless: [], honest: [] };
  const asked = new Set<string>();
  let without = 0;
  let repeated = 0;
  for (const row of rows) {
    const items = kind.read(row, (request) => promptText(request, template));
    const [first] = items?.harmless ?? [];
    if (items === undefined) without += 1;
    else if (kind.unique === true && first !== undefined && asked.has(first.prompt)) repeated += 1;
    else {
      suite.helpful.push(...(items.helpful ?? []));
      suite.harmless.push(...(items.harmless ?? []));
      suite.honest.push(...(items.honest ?? []));
      if (first !== undefined) asked.add(first.prompt);
    }
  }
  const notes = [
    ...(kind.note === undefined ? [] : [kind.note]),
    ...(without === 0 ? [] : [`${without} rows were left out, as no measure applies to them`]),
    ...(repeated === 0 ? [] : [`${repeated} rows were left out, as they repeat a prompt`]),
  ];
  return { suite, kind: kind.name, notes };
}

function readRecords(text: string, file: string): { records: readonly DatasetRecord[]; table: boolean } {
  // SelfAware is one object, over many lines, with its rows in "example"; every other object stands on a line of its own.
  if (/^\s*\{\s*\n/.test(text)) return { records: examplesOf(text, file), table: false };
  let header: readonly string[] | undefined;
  let known = false;
  const isHeader = (names: readonly string[]): boolean => {
    header ??= names;
    const fits = SUITE_KINDS.some(({ fields }) => fields.every((name) => names.includes(name)));
    known ||= fits;
    return fits;
  };
  try {
    const { records, format } = datasetRecords(text, file, isHeader);
    const whole = records.length === 1 && records[0]?.fields.has('example') === true;
    return { records: whole ? examplesOf(text, file) : records, table: format === 'csv' };
  } catch (error) {
    // A table with another header: said in the words of suites, not of training data.
    throw header === undefined || known ? error : unknownFile(file, header);
  }
}

function examplesOf(text: string, file: string): DatasetRecord[] {
  const json = parseJson(text, { file, code: 'bad-dataset', lines: true });
  const rows = isJsonMap(json) ? json.get('example') : undefined;
  if (!isJsonArray(rows)) throw unknownFile(file, isJsonMap(json) ? [...json.keys()] : []);
  return rows.map((row, i) => {
    if (!isJsonMap(row)) {
      throw new Refusal('bad-dataset', { file, field: `example[${i}]`, expected: 'a JSON object', got: 'another value' });
    }
    return { fields: new Map([...row].map(([name, value]) => [fieldName(name), value])), line: i + 1, place: 'row' };
  });
}

function unknownFile(file: string, fields: readonly string[]): Refusal {
  return new Refusal('bad-dataset', {
    file,
    expected: `rows of a suite (${SUITE_KINDS.slice(0, 3).map((kind) => kind.fields.join(', ')).join('; ')}) or `
      + SUITE_KINDS.slice(3).map(({ name }) => name).join(', '),
    got: `the fields ${JSON.stringify(fields.join(', ').slice(0, 80))}`,
    fix: 'name the fields as one of them does',
  });
}
