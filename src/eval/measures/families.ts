import { mean } from './bootstrap';

export interface FamilyScore {
  readonly value: number;
  readonly rows: number;
}
/** By family, in the order in which they first occur. */
export type FamilyScores = Readonly<Record<string, FamilyScore>>;

/** Scores each family's rows by themselves. */
export function familyScores<R>(records: readonly R[], family: (record: R) => string, score: (rows: readonly R[]) => number): FamilyScores {
  const families = new Map<string, R[]>();
  for (const record of records) {
    const name = family(record);
    const rows = families.get(name);
    if (rows === undefined) families.set(name, [record]);
    else rows.push(record);
  }
  return Object.fromEntries([...families].map(([name, rows]) => [name, { value: score(rows), rows: rows.length }]));
}

/** The mean; null of nothing. */
export function rateOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : mean(values);
}
