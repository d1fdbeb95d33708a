import type { ReactNode } from 'react';
import { fixed } from '../format';
import { Panel } from '../shell/Panel';
import type { Answer } from '../store/answer';
import { strings } from '../strings';
import { type ExpertShare, lastLayer, sentence } from '../watch/routing_facts';
import css from './WordPanel.module.css';

interface Props {
  readonly answer: Answer | undefined;
  readonly active: number | undefined;
  readonly routed: boolean;
}

/** One word and whom the router called for it. */
export function WordPanel({ answer, active, routed }: Props): ReactNode {
  const { watch, models } = strings;
  const token = active === undefined ? undefined : answer?.tokens[active];
  const shares = token?.routing === undefined ? undefined : lastLayer(token.routing);
  if (!routed) {
    return <Panel title={models[answer?.model ?? 'base']}><p className={css['note']}>{watch.plainModel(models[answer?.model ?? 'base'])}</p></Panel>;
  }
  const title = token === undefined || shares === undefined ? watch.pointAt : sentence(token.text.trim(), shares);
  return (
    <Panel title={title} note={watch.lastLayer}>
      {shares === undefined ? null : <ShareTable shares={shares} />}
    </Panel>
  );
}

function ShareTable({ shares }: { readonly shares: readonly ExpertShare[] }): ReactNode {
  const { table, dropped } = strings.watch;
  return (
    <table className={css['table']}>
      <thead>
        <tr><th scope="col">{table.expert}</th><td /><th scope="col">{table.probability}</th><th scope="col">{table.share}</th></tr>
      </thead>
      <tbody>
        {shares.map(({ expert, probability, share }) => (
          <tr key={expert} data-expert={expert}>
            <th scope="row">{strings.models[expert]}</th>
            <td><span className={css['bar']} style={{ width: `${String(100 * share)}%` }} /></td>
            <td>{fixed(probability, 2)}</td>
            <td>{share > 0 ? fixed(share, 2) : dropped}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
