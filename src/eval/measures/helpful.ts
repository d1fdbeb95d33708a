import { bootstrap, mean, type Score, type Statistic } from './bootstrap';
import { familyScores, rateOf, type FamilyScores } from './families';
import { exactMatch, rougeL } from './text';

export interface HelpfulRecord {
  readonly prompt: string;
  readonly response: string;
  readonly answer: string;
  readonly family: string;
  readonly open: boolean;
  /** In [0, 1]: exact match of a closed task, ROUGE-L of an open one. */
  readonly score: number;
}

export interface HelpfulResult extends Score {
  /** Rows that count. */
  readonly rows: number;
  /** Rows too long for the model's context, which count in nothing. */
  readonly dropped: number;
  /** Share of the closed rows that match; null where there is none. */
  readonly exactMatch: number | null;
  readonly closedRows: number;
  /** Mean over the open rows; null where there is none. */
  readonly rougeL: number | null;
  readonly openRows: number;
  readonly families: FamilyScores;
  readonly records: readonly HelpfulRecord[];
}

export function helpfulScore(answer: string, { response, open }: Pick<HelpfulRecord, 'response' | 'open'>): number {
  return open ? rougeL(answer, response) : Number(exactMatch(answer, response));
}

/** The mean of the rows' scores: exact match and ROUGE-L weighted by their rows. Null without rows. */
export function helpfulResult(records: readonly HelpfulRecord[], dropped: number, seed: number): HelpfulResult | null {
  if (records.length === 0) return null;
  const closed = records.filter(({ open }) => !open);
  const open = records.filter((record) => record.open);
  return {
    ...bootstrap(helpfulStatistic(records), seed),
    rows: records.length, dropped,
    exactMatch: rateOf(closed.map(({ score }) => score)), closedRows: closed.length,
    rougeL: rateOf(open.map(({ score }) => score)), openRows: open.length,
    families: familyScores(records, ({ family }) => family, (rows) => mean(rows.map(({ score }) => score))),
    records,
  };
}

export function helpfulStatistic(records: readonly HelpfulRecord[]): Statistic {
  const strata = [false, true].map((open) => records.filter((record) => record.open === open).map(({ score }) => score))
    .filter((scores) => scores.length > 0);
  return { strata, of: (means) => means.reduce((sum, value, i) => sum + value * (strata[i]?.length ?? 0), 0) / records.length };
}
