import type { ReactNode } from 'react';
import type { Interval } from '../../../src/engine/evaluation';
import { fixed, integer } from '../../format';
import { strings } from '../../strings';
import { axesOf, type AxisPair, type TradePoint } from './tradeoff';
import css from './Tradeoff.module.css';

/** The numbers of the map. */
export function TradeoffTable({ points, pair }: { readonly points: readonly TradePoint[]; readonly pair: AxisPair }): ReactNode {
  const { tradeoff: texts, evaluate: { measures } } = strings;
  const { along, up } = axesOf(pair);
  const score = ({ value, low, high }: Interval): string => texts.score(fixed(100 * value, 0), fixed(100 * low, 0), fixed(100 * high, 0));
  return (
    <div className={css['scroll']} tabIndex={0} role="region" aria-label={texts.caption}>
      <table className={css['table']}>
        <caption className="visually-hidden">{texts.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{texts.head.model}</th>
            <th scope="col" data-expert={up}>{measures[up]}</th>
            <th scope="col" data-expert={along}>{measures[along]}</th>
            <th scope="col">{texts.head.rows}</th>
            <th scope="col">{texts.head.frontier}</th>
          </tr>
        </thead>
        <tbody>
          {points.map((point) => (
            <tr key={point.key}>
              <th scope="row" data-expert={point.expert}>
                {point.kind === 'tried' ? texts.mix.name(point.name) : point.name}
                {point.weights === undefined ? null : <small>{point.weights}</small>}
              </th>
              <td>{score(point.up)}</td>
              <td>{score(point.along)}</td>
              <td>{integer(point.rows)}</td>
              <td>{point.onFrontier ? texts.onIt : ''}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
