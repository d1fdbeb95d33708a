import { Refusal } from '../../errors/refusal';

/** How models become one. A list holds one number for all models, or one each, in their order. */
export type MergeSettings =
  | { readonly method: 'soup' }
  | { readonly method: 'task-arithmetic'; readonly scales: readonly number[] }
  | {
    readonly method: 'ties';
    /** Share of a task vector's entries that stays, the largest. */
    readonly density: number;
    readonly scale: number;
  }
  | {
    readonly method: 'dare';
    /** Probability with which an entry of a task vector is dropped. */
    readonly drop: number;
    readonly scales: readonly number[];
    readonly seed: number;
  }
  /** Weights count in proportion to their sum. */
  | { readonly method: 'slerp'; readonly weights: readonly number[] };

export type MergeMethod = MergeSettings['method'];

/** What a number may be. A negative scale takes a task out (task negation, Ilharco et al.). */
export const RANGES = {
  scale: { min: -10, max: 10 },
  scales: { min: -10, max: 10 },
  density: { min: 0, max: 1 },
  drop: { min: 0, max: 0.99 },
  weights: { min: 0, max: 1e6 },
  seed: { min: 0, max: 2 ** 32 - 1 },
} as const;

/** Throws a Refusal 'bad-option' for a number outside its range, a list that does not fit so many models, or weights without a sum. */
export function requireSettings(settings: MergeSettings, models: number): void {
  const { method: _, ...given } = settings;
  for (const [field, value] of Object.entries<number | readonly number[]>(given)) {
    const { min, max } = RANGES[field as keyof typeof RANGES];
    const numbers = typeof value === 'number' ? [value] : value;
    const wrong = numbers.find((n) => !(n >= min && n <= max));
    if (wrong !== undefined) throw refused(field, `a number from ${min} to ${max}`, String(wrong));
    if (typeof value !== 'number' && numbers.length !== 1 && numbers.length !== models) {
      throw refused(field, `one number, or ${models}, one for each model`, String(numbers.length));
    }
  }
  if (settings.method === 'slerp' && !settings.weights.some((weight) => weight > 0)) {
    throw refused('weights', 'at least one above 0', settings.weights.join(', '));
  }
}

/** A list that holds one number for all, or one each, as one each. */
export function each(numbers: readonly number[], models: number): readonly number[] {
  return Array.from({ length: models }, (_, i) => numbers[numbers.length === 1 ? 0 : i] ?? 0);
}

function refused(field: string, expected: string, got: string): Refusal {
  return new Refusal('bad-option', { file: 'merge', field, expected, got, fix: 'correct the setting' });
}
