import type { ReactNode } from 'react';
import type { ExaminedModel } from '../../src/engine/evaluation';
import { EXPERTS } from '../../src/engine/protocol';
import { cividis, textOnCividis } from '../charts/cividis';
import { fixed, integer } from '../format';
import { Panel } from '../shell/Panel';
import { strings } from '../strings';
import { oneWrongIn, percentSent, rowsOfKinds } from './examined';
import css from './ConfusionPanel.module.css';

/** Of the prompts of each kind, the share that each expert is most probable for. */
export function ConfusionPanel({ router }: Pick<ExaminedModel, 'router'>): ReactNode {
  const { evaluate, models } = strings;
  const sent = percentSent(router);
  const rows = rowsOfKinds(router);
  const oneIn = oneWrongIn(router);
  const title = oneIn === undefined ? evaluate.confusion.none : evaluate.confusion.some(integer(oneIn));
  return (
    <Panel title={title} note={evaluate.confusion.note(integer(router.rows))}>
      <table className={css['matrix']}>
        <caption className="visually-hidden">{evaluate.confusion.caption}</caption>
        <thead>
          <tr>
            <td>{evaluate.confusion.axes}</td>
            {EXPERTS.map((expert) => <th key={expert} scope="col" data-expert={expert}>{models[expert]}</th>)}
          </tr>
        </thead>
        <tbody>
          {EXPERTS.map((kind, d) => (
            <tr key={kind}>
              <th scope="row" data-expert={kind}>{models[kind]} <span className={css['rows']}>{evaluate.confusion.rows(integer(rows[d] ?? 0))}</span></th>
              {EXPERTS.map((expert, e) => {
                const percent = sent[d]?.[e] ?? 0;
                const share = percent / 100;
                return (
                  <td key={expert} style={{ background: cividis(share), color: textOnCividis(share) }}>{fixed(percent, 0)}</td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}
