import { Refusal } from '../../src/errors/refusal';

/** NaN where nothing is written. */
export function numberOf(value: string): number {
  return value.trim() === '' ? NaN : Number(value);
}

/** @throws Refusal 'bad-option' */
export function within(field: string, value: string, min: number, max: number): number {
  const number = numberOf(value);
  if (number >= min && number <= max) return number;
  throw bad(field, `a number from ${String(min)} to ${String(max)}`, value);
}

/** @throws Refusal 'bad-option' */
export function oneOf<Value extends string>(field: string, known: readonly Value[], value: string): Value {
  const found = known.find((one) => one === value);
  if (found === undefined) throw bad(field, `one of ${known.join(', ')}`, value);
  return found;
}

/** What a field of a link should have been. */
export function bad(field: string, expected: string, got: string, fix = 'correct the link or ask for another'): Refusal {
  return new Refusal('bad-option', { file: 'the link', field, expected, got: got.slice(0, 60), fix });
}
