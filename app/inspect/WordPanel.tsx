import type { ReactNode } from 'react';
import { type AnswerModel, EXPERTS } from '../../src/engine/protocol';
import { fixed } from '../format';
import { Panel } from '../shell/Panel';
import type { AnswerToken } from '../store/answer';
import { strings } from '../strings';
import { type ExpertShare, lastLayer, sentence } from '../watch/routing_facts';
import css from './WordPanel.module.css';

interface Props {
  /** That is pointed at, or being written. */
  readonly token: AnswerToken | undefined;
  /** Who answered, or would. */
  readonly speaker: AnswerModel;
}

/** One word and whom the router called for it; before one is pointed at, the empty table. */
export function WordPanel({ token, speaker }: Props): ReactNode {
  const { watch, models } = strings;
  if (speaker !== 'fused') {
    return <Panel title={models[speaker]}><p className={css['note']}>{watch.plainModel(models[speaker])}</p></Panel>;
  }
  const shares = token?.routing === undefined ? undefined : lastLayer(token.routing);
  const title = token === undefined || shares === undefined ? watch.pointAt : sentence(token.text.trim(), shares);
  return <Panel title={title} note={watch.lastLayer}><ShareTable shares={shares ?? NONE} /></Panel>;
}

const NONE: readonly ExpertShare[] = EXPERTS.map((expert) => ({ expert, probability: Number.NaN, share: 0 }));

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
