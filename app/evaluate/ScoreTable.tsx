import type { ReactNode } from 'react';
import type { EvaluatedModel } from '../../src/engine/evaluation';
import { fixed } from '../format';
import { strings } from '../strings';
import { MEASURED, sorted } from './rows';
import css from './ScoreTable.module.css';

const DETAILS = ['refusesHarmful', 'refusesBenign', 'partial', 'mc1', 'truth'] as const;

/** The numbers of the dots, and what they are made of. */
export function ScoreTable({ results }: { readonly results: readonly EvaluatedModel[] }): ReactNode {
  const { models, evaluate } = strings;
  return (
    <div className={css['scroll']} tabIndex={0} role="region" aria-label={evaluate.caption}>
      <table className={css['table']}>
        <caption className="visually-hidden">{evaluate.caption}</caption>
        <thead>
          <tr>
            <td />
            {MEASURED.map((measure) => <th key={measure} scope="col">{evaluate.measures[measure]}</th>)}
            {DETAILS.map((detail) => <th key={detail} scope="col">{evaluate.details[detail]}</th>)}
          </tr>
        </thead>
        <tbody>
          {sorted(results).map((result) => (
            <tr key={result.model}>
              <th scope="row">{models[result.model]}</th>
              {MEASURED.map((measure) => {
                const { value, low, high } = result[measure];
                return <td key={measure}>{fixed(100 * value, 1)} <small>{evaluate.range(fixed(100 * low, 0), fixed(100 * high, 0))}</small></td>;
              })}
              {DETAILS.map((detail) => <td key={detail}>{fixed(100 * (result.details[detail] ?? NaN), 1)}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
