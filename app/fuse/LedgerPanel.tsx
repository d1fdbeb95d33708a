import { useState, type ReactNode } from 'react';
import { EXPERTS, type LedgerRow } from '../../src/engine/protocol';
import type { RunRecipe } from '../../src/engine/recipe';
import { fixed } from '../format';
import controls from '../shell/controls.module.css';
import { Panel } from '../shell/Panel';
import { isTraining, useStudio } from '../store/studio';
import { strings } from '../strings';
import css from './LedgerPanel.module.css';

/** Every tensor of the fused model: where it comes from, how far the aligned models stand from the base there, and whether it trains. */
export function LedgerPanel(): ReactNode {
  const { ledger: texts } = strings.fuse;
  const rows = useStudio((state) => state.ledger);
  const recipe = useStudio((state) => (isTraining(state) ? state.fusedWith ?? state.recipe : state.recipe));
  const [all, setAll] = useState(false);
  if (rows.length === 0) return null;
  const most = Math.max(...rows.flatMap(({ distance = [] }) => distance));
  const shown = all ? rows : folded(rows);
  const count = rows.reduce((sum, { tensors }) => sum + tensors, 0);
  return (
    <Panel
      title={texts.title}
      note={furthest(rows)}
      actions={(
        <button type="button" className={controls['word']} aria-expanded={all} onClick={() => { setAll(!all); }}>
          {all ? texts.fewer : texts.all(String(count))}
        </button>
      )}
    >
      <div className={css['scroll']} tabIndex={0} role="region" aria-label={texts.title}>
        <table className={css['ledger']}>
          <thead>
            <tr>{texts.head.map((name) => <th key={name} scope="col">{name}</th>)}</tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={row.name}>
                <th scope="row" data-part={row.part}>{row.name}</th>
                <td>{row.tensors > 1 && row.part !== 'expert' ? `${String(row.tensors)} × ` : ''}{row.shape.join(' × ')}</td>
                <td><Source row={row} /></td>
                <td><Distance row={row} most={most} /></td>
                <td className={css['quiet']}>{texts[fate(row, recipe)]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

function Source({ row }: { readonly row: LedgerRow }): ReactNode {
  const { fuse: { ledger }, tiles, models } = strings;
  if (row.source !== 'experts') return row.source === 'base' ? ledger.base : ledger.made;
  return EXPERTS.map((expert) => <abbr key={expert} className={css['tile']} data-expert={expert} title={models[expert]}>{tiles[expert]}</abbr>);
}

/** Three bars on the scale of the largest; the largest of the row is written. */
function Distance({ row: { distance }, most }: { readonly row: LedgerRow; readonly most: number }): ReactNode {
  const { fuse: { ledger }, models } = strings;
  if (distance === undefined) return null;
  const largest = Math.max(...distance);
  return (
    <span className={css['distance']}>
      <span className={css['bars']} aria-hidden="true">
        {EXPERTS.map((expert, e) => <i key={expert} data-expert={expert} style={{ width: `${String((100 * (distance[e] ?? 0)) / most)}%` }} />)}
      </span>
      <span aria-hidden="true">{fixed(100 * largest, 1)}</span>
      <span className="visually-hidden">{EXPERTS.map((expert, e) => ledger.distance(models[expert], fixed(100 * (distance[e] ?? 0), 1))).join(', ')}</span>
    </span>
  );
}

function fate({ part }: LedgerRow, { train, attention }: RunRecipe): 'trains' | 'adapter' | 'frozen' {
  if (part === 'router') return 'trains';
  if (part === 'attention') return attention ? 'trains' : 'frozen';
  if (part !== 'expert') return 'frozen';
  return train === 'full' ? 'trains' : train === 'lora' ? 'adapter' : 'frozen';
}

/** First and last layer; what lies between is told by its experts' sum. */
function folded(rows: readonly LedgerRow[]): readonly LedgerRow[] {
  const layers = [...new Set(rows.map(({ name }) => layerOf(name)).filter((layer) => layer !== undefined))];
  const [first, last] = [layers[0], layers.at(-1)];
  return layers.length <= 2 ? rows : rows.filter(({ name }) => [undefined, first, last].includes(layerOf(name)));
}

function layerOf(name: string): string | undefined {
  return /^layers\.(\d+)\./.exec(name)?.[1];
}

/** Which aligned model has gone furthest, over all tensors of the experts. */
function furthest(rows: readonly LedgerRow[]): string {
  const { ledger } = strings.fuse;
  const sums = EXPERTS.map((expert, e) => ({ expert, sum: rows.reduce((total, { distance }) => total + (distance?.[e] ?? 0), 0) })).sort((a, b) => b.sum - a.sum);
  const [most, next] = sums;
  return most !== undefined && next !== undefined && most.sum > 1.1 * next.sum ? ledger.furthest(strings.models[most.expert]) : ledger.note;
}
