import type { DatasetRecord } from '../data/record';
import { Refusal } from '../errors/refusal';
import { isJsonArray, isJsonMap, type JsonMap, type JsonValue } from '../formats/json';
import { show } from '../formats/show';

/** The fields of one row, each refused by its place where it is not what the measure needs. */
export class SuiteFields {
  constructor(
    private readonly record: DatasetRecord,
    private readonly file: string,
    /** A table: its cells are texts, its names are written with spaces. */
    private readonly table: boolean,
  ) {}

  has(name: string): boolean {
    return (this.record.fields.get(name) ?? null) !== null;
  }

  /** Without the space around it. */
  text(name: string): string {
    return this.checkText(this.record.fields.get(name), name);
  }

  /** Empty where there is none. */
  optionalText(name: string): string {
    const value = this.record.fields.get(name) ?? '';
    if (typeof value !== 'string') throw this.refuse(name, 'a text', show(value));
    return value.trim();
  }

  /** true or false in JSON, the word in tables. */
  boolean(name: string): boolean {
    const value = this.record.fields.get(name);
    const word = typeof value === 'string' && this.table ? value.trim().toLowerCase() : value;
    if (word === true || word === 'true') return true;
    if (word === false || word === 'false') return false;
    throw this.refuse(name, 'true or false', show(value));
  }

  choice<const C extends string>(name: string, choices: readonly C[]): C {
    const value = this.text(name).toLowerCase();
    const found = choices.find((known) => known === value);
    if (found === undefined) throw this.refuse(name, choices.join(' or '), show(value));
    return found;
  }

  /** A list of at least one text, each once. */
  texts(name: string): string[] {
    const value = this.record.fields.get(name);
    if (!isJsonArray(value)) throw this.refuse(name, 'a list of texts', show(value));
    return this.some(name, value.map((item, i) => this.checkText(item, `${name}[${i}]`)));
  }

  /** A cell of texts with `;` between them; each ends in a full stop, as TruthfulQA's own code has it. */
  cellTexts(name: string): string[] {
    return this.some(name, this.text(name).split(';').map((part) => part.trim()).filter((part) => part !== '').map(closed));
  }

  /** An object of answers with 1 for the correct and 0 for the others. */
  marked(name: string): { readonly correct: string[]; readonly incorrect: string[] } {
    const marks = this.map(name);
    const side = (mark: number): string[] => [...marks].filter(([, value]) => value === mark).map(([answer]) => answer.trim());
    const stranger = [...marks].find(([, value]) => value !== 0 && value !== 1);
    if (stranger !== undefined) throw this.refuse(`${name}[${JSON.stringify(stranger[0].slice(0, 40))}]`, '0 or 1', show(stranger[1]));
    if (marks.has('')) throw this.refuse(name, 'answers', 'an empty one');
    return { correct: this.some(name, side(1), 'marked 1'), incorrect: this.some(name, side(0), 'marked 0') };
  }

  map(name: string): JsonMap {
    const value = this.record.fields.get(name);
    if (!isJsonMap(value)) throw this.refuse(name, 'an object', show(value));
    return value;
  }

  /** A list of at least one object, each as fields of its own. */
  rows(name: string): SuiteFields[] {
    const value = this.record.fields.get(name);
    if (!isJsonArray(value) || value.length === 0) throw this.refuse(name, 'a list of at least one object', show(value));
    return value.map((item, i) => {
      if (!isJsonMap(item)) throw this.refuse(`${name}[${i}]`, 'an object', show(item));
      return new SuiteFields({ ...this.record, fields: item }, this.file, this.table);
    });
  }

  refuse(name: string, expected: string, got: string): Refusal {
    const field = this.table ? name : name.replaceAll(' ', '_');
    const { line, place } = this.record;
    const where = place === 'line' ? { field, offset: line, offsetUnit: 'line' as const } : { field: `row ${line}, ${field}` };
    return new Refusal('bad-dataset', { file: this.file, ...where, expected, got, fix: 'complete the row or take it out' });
  }

  private some(name: string, texts: readonly string[], which = ''): string[] {
    if (texts.length === 0) throw this.refuse(name, ['at least one answer', which].filter((part) => part !== '').join(' '), 'none');
    return [...new Set(texts)];
  }

  private checkText(value: JsonValue | undefined, name: string): string {
    if (value === undefined || value === null) throw this.refuse(name, 'a text', 'none');
    if (typeof value !== 'string') throw this.refuse(name, 'a text', show(value));
    if (value.trim() === '') throw this.refuse(name, 'a text', 'an empty one');
    return value.trim();
  }
}

export function closed(answer: string): string {
  return answer.endsWith('.') ? answer : `${answer}.`;
}
