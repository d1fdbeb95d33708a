import type { ReactNode } from 'react';
import type { DriftMap } from '../../../src/engine/evaluation';
import { EXPERTS } from '../../../src/engine/protocol';
import { fixed, significant } from '../../format';
import { strings } from '../../strings';
import { expertOf } from '../rows';
import css from './DriftMap.module.css';

/** The numbers of the map, those of merges too. */
export function MapTable({ map: { models } }: { readonly map: DriftMap }): ReactNode {
  const { driftMap: texts, tradeoff, models: names } = strings;
  return (
    <div className={css['scroll']} tabIndex={0} role="region" aria-label={texts.caption}>
      <table className={css['table']}>
        <caption className="visually-hidden">{texts.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{tradeoff.head.model}</th>
            {EXPERTS.map((kind) => <th key={kind} scope="col">{texts.kind(names[kind])}</th>)}
            <th scope="col">{texts.head.distance}</th>
            <th scope="col">{texts.head.inPlane}</th>
          </tr>
        </thead>
        <tbody>
          {models.map(({ model, places, distance, inPlane }) => (
            <tr key={model}>
              <th scope="row" data-expert={expertOf(model)}>{names[model]}</th>
              {EXPERTS.map((kind, k) => {
                const [x, y] = places[k] ?? [NaN, NaN];
                return <td key={kind}>{texts.place(significant(x), significant(y))}</td>;
              })}
              <td>{significant(distance)}</td>
              <td>{fixed(100 * (inPlane ?? NaN), 0)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
