import type { JsonValue } from '../formats/json';

/** One record of a dataset file, whatever its format: field names in lower case, `_` as a space. */
export interface DatasetRecord {
  readonly fields: ReadonlyMap<string, JsonValue>;
  /** Line in the file, or index in a JSON list; both count from 1. */
  readonly line: number;
  /** Which of the two `line` is. */
  readonly place: 'line' | 'row';
}

export function fieldName(name: string): string {
  return name.trim().toLowerCase().replaceAll('_', ' ');
}
