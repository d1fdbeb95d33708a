import { isJsonArray, isJsonMap, type JsonValue } from './json';

const LONGEST = 60;

/** A JSON value as one short piece of a refusal: words and numbers bare, other texts in quotes; 'none' for a missing one. */
export function show(value: JsonValue | undefined): string {
  if (value === undefined) return 'none';
  if (isJsonMap(value)) return `an object of ${String(value.size)}`;
  if (isJsonArray(value)) return `a list of ${String(value.length)}`;
  const text = typeof value !== 'string' || /^\S+$/.test(value) ? String(value) : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
