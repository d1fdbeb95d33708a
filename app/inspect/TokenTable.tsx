import type { ReactNode } from 'react';
import { EXPERTS } from '../../src/engine/protocol';
import type { CellValue } from '../charts/draw_heatmap';
import { fixed } from '../format';
import { strings } from '../strings';
import css from './RouterPanel.module.css';

interface Props {
  readonly layers: number;
  readonly words: readonly string[];
  readonly value: CellValue;
}

/** The heatmap's numbers: a row a word, and for each layer its experts. */
export function TokenTable({ layers, words, value }: Props): ReactNode {
  const { inspect, tokens, models, tiles, alone } = strings;
  const each = Array.from({ length: layers }, (_, layer) => layer);
  return (
    <div className={css['scroll']} tabIndex={0} role="region" aria-label={tokens.grid}>
      <table className={css['table']}>
        <caption className="visually-hidden">{tokens.grid}</caption>
        <thead>
          <tr>
            <td />
            {each.map((layer) => <th key={layer} colSpan={EXPERTS.length} scope="colgroup">{inspect.layer} {layer + 1}</th>)}
          </tr>
          <tr>
            <th scope="col">{alone.head.word}</th>
            {each.map((layer) => EXPERTS.map((expert) => <th key={`${String(layer)} ${expert}`} scope="col"><abbr title={models[expert]}>{tiles[expert]}</abbr></th>))}
          </tr>
        </thead>
        <tbody>
          {words.map((word, column) => (
            <tr key={column}>
              <th scope="row">{word}</th>
              {each.map((layer) => EXPERTS.map((expert, e) => <td key={`${String(layer)} ${expert}`}>{fixed(value(e, layer, column), 2)}</td>))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
