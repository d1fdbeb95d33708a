import type { ReactNode } from 'react';
import { EXPERTS } from '../../src/engine/protocol';
import { type GatePoint, GateTriangle } from '../charts/GateTriangle';
import { fixed } from '../format';
import controls from '../shell/controls.module.css';
import { Panel } from '../shell/Panel';
import type { AnswerToken } from '../store/answer';
import { strings } from '../strings';
import css from './CellPanel.module.css';

/** They stand in the table. */
const NO_VALUES: readonly string[] = [];

interface Props {
  readonly token: AnswerToken | undefined;
  /** The same token under what is done to the router, or that the answer has turned before it. */
  readonly now: AnswerToken | 'turned' | undefined;
  readonly layer: number;
  readonly onUnpin: () => void;
}

/** One pinned cell: what the router of one layer made of one word, and its way through the layers. */
export function CellPanel({ token, now, layer, onUnpin }: Props): ReactNode {
  const { tokens: texts, models, tiles, watch } = strings;
  const routing = token?.routing;
  if (token === undefined || routing === undefined) return null;
  const at = layer * routing.experts;
  const same = now === 'turned' ? undefined : now?.routing;
  const added = same ?? routing;
  const stream = added.stream?.[layer];
  const adds = stream === undefined ? '' : (same === undefined ? texts.adds : texts.addsNow)(fixed(stream, 2));
  const note = [same === undefined ? texts.share : texts.shareNow, adds, now === 'turned' ? texts.turned : ''].filter((part) => part !== '').join(' ');
  const path = Array.from({ length: routing.layers }, (_, l): GatePoint => {
    const from = l * routing.experts;
    const of = (values: Float32Array): number[] => [...values.subarray(from, from + routing.experts)];
    return { key: l, probabilities: of(routing.probabilities), shares: of(routing.shares) };
  });
  const order = [...path.filter(({ key }) => key !== layer), ...path.filter(({ key }) => key === layer)];
  return (
    <Panel
      title={texts.pinned(token.text.trim(), String(layer + 1))}
      actions={<button type="button" className={controls['word']} onClick={onUnpin}>{texts.unpin}</button>}
    >
      <div className={css['cell']}>
        <table className={css['table']}>
          <thead>
            <tr>
              <th scope="col">{texts.table.expert}</th><th scope="col">{texts.table.logit}</th><th scope="col">{texts.table.probability}</th>
              <th scope="col">{texts.table.share}</th>{same === undefined ? null : <th scope="col">{texts.table.now}</th>}
              <th scope="col">{texts.table.adds}</th>
            </tr>
          </thead>
          <tbody>
            {EXPERTS.map((expert, e) => (
              <tr key={expert} data-expert={expert}>
                <th scope="row">{models[expert]}</th>
                <td>{fixed(routing.logits?.[at + e] ?? NaN, 2)}</td>
                <td>{fixed(routing.probabilities[at + e] ?? NaN, 2)}</td>
                <td>{share(routing.shares[at + e])}</td>
                {same === undefined ? null : <td>{share(same.shares[at + e])}</td>}
                <td>{share(added.adds?.[at + e])}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <GateTriangle
          points={order}
          experts={EXPERTS}
          names={EXPERTS.map((expert) => tiles[expert])}
          values={NO_VALUES}
          label={watch.gate.spoken(EXPERTS.map((expert, e) => watch.share(models[expert], fixed(routing.probabilities[at + e] ?? NaN, 2))).join(', '))}
        />
      </div>
      <p className={css['note']}>{note}</p>
    </Panel>
  );
}

function share(value: number | undefined): string {
  return value !== undefined && value > 0 ? fixed(value, 2) : '–';
}
