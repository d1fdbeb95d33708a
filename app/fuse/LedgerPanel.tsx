import { useEffect, useState, type ReactNode } from 'react';
import { EXPERTS, type LedgerRow } from '../../src/engine/protocol';
import { fixed } from '../format';
import controls from '../shell/controls.module.css';
import { Panel } from '../shell/Panel';
import { askDrift, useLedgerDrift } from '../store/ledger_drift';
import { isFused, isTraining, useStudio } from '../store/studio';
import { strings } from '../strings';
import { barsOf, driftOf, fateOf, foldedRows, furthestOf, isBetween, nameParts, totalsOf, type LayersBetween } from './ledger_rows';
import css from './LedgerPanel.module.css';

/** Column that a narrow window leaves out. */
const SHAPE = 1;

/** Every tensor of the fused model: where it comes from, how far the aligned models stand from the base there, and whether it trains. */
export function LedgerPanel(): ReactNode {
  const { ledger: texts } = strings.fuse;
  const rows = useStudio((state) => state.ledger);
  const begun = useStudio((state) => isFused(state) || isTraining(state));
  const recipe = useStudio((state) => (begun ? state.fusedWith ?? state.recipe : state.recipe));
  const over = useStudio((state) => (isFused(state) && !isTraining(state) ? state.runs : undefined));
  const drift = useLedgerDrift((known) => (known.runs === over ? known.drift : undefined));
  useEffect(() => { if (over !== undefined) void askDrift(); }, [over]);
  const [all, setAll] = useState(false);
  if (rows.length === 0) return null;
  const { tensors, most } = totalsOf(rows);
  const shown = all ? rows : foldedRows(rows);
  const furthest = furthestOf(rows);
  return (
    <Panel
      title={texts.title}
      note={furthest === undefined ? texts.note : texts.furthest(strings.models[furthest])}
      actions={(
        <button type="button" className={controls['word']} aria-expanded={all} onClick={() => { setAll(!all); }}>
          {all ? texts.fewer : texts.all(String(tensors))}
        </button>
      )}
    >
      <div className={css['scroll']} tabIndex={0} role="region" aria-label={texts.title}>
        <table className={css['ledger']}>
          <thead>
            <tr>{[...texts.head, drift !== undefined ? texts.drifted : begun ? texts.now : texts.next].map((name, i) => <th key={name} scope="col" className={i === SHAPE ? css['shape'] : undefined}>{name}</th>)}</tr>
          </thead>
          <tbody>
            {shown.map((row) => (isBetween(row) ? <Between key="between" row={row} /> : (
              <tr key={row.name}>
                <th scope="row" data-part={row.part}><Name name={row.name} /></th>
                <td className={css['shape']}>{row.tensors > 1 && row.part !== 'expert' ? `${String(row.tensors)} × ` : ''}{row.shape.join(' × ')}</td>
                <td colSpan={row.distance === undefined ? 2 : 1}><Source row={row} /></td>
                {row.distance === undefined ? null : <td><Distance distance={row.distance} most={most} /></td>}
                <td className={css['quiet']}><Fate fate={texts[drift !== undefined && fateOf(row, recipe) !== 'frozen' ? 'unknown' : fateOf(row, recipe)]} moved={driftOf(drift, row)} /></td>
              </tr>
            )))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

/** What becomes of a tensor; once the run is over, how far it has moved. */
function Fate({ fate, moved }: { readonly fate: string; readonly moved: ReturnType<typeof driftOf> }): ReactNode {
  const { fuse: { ledger }, models } = strings;
  if (moved === undefined) return fate;
  const each = moved.each.map((share, e) => (moved.each.length === 1 ? percent(share) : ledger.distance(models[EXPERTS[e] ?? 'helpful'], percent(share)))).join(', ');
  return <><span aria-hidden="true" title={each}>{percent(moved.most)}</span><span className="visually-hidden">{each}</span></>;
}

function percent(share: number): string {
  return share < 0.0005 ? strings.fuse.ledger.little : fixed(100 * share, 1);
}

/** Layers that are left out. */
function Between({ row: { first, last, tensors } }: { readonly row: LayersBetween }): ReactNode {
  const { ledger } = strings.fuse;
  return (
    <tr className={css['quiet']}>
      <th scope="row">{ledger.layers(first, last)}</th>
      <td className={css['shape']}>{ledger.tensors(String(tensors))}</td>
      <td colSpan={3}>{ledger.asAbove}</td>
    </tr>
  );
}

/** A narrow column breaks it after the layer. */
function Name({ name }: { readonly name: string }): ReactNode {
  const [layer, rest] = nameParts(name);
  return layer === '' ? rest : <>{layer}<wbr />{rest}</>;
}

function Source({ row }: { readonly row: LedgerRow }): ReactNode {
  const { fuse: { ledger }, tiles, models } = strings;
  if (row.source !== 'experts') return row.source === 'base' ? ledger.base : ledger.made;
  return (
    <span className={css['tiles']}>
      {EXPERTS.map((expert) => <abbr key={expert} className={css['tile']} data-expert={expert} title={models[expert]}>{tiles[expert]}</abbr>)}
    </span>
  );
}

/** Three bars on the scale of the largest; the largest of the row is written at the bars' end. */
function Distance({ distance, most }: { readonly distance: readonly number[]; readonly most: number }): ReactNode {
  const { fuse: { ledger }, models } = strings;
  const { longest, bars } = barsOf(distance, most);
  return (
    <span className={css['distance']}>
      <span className={css['bars']} style={{ '--longest': longest } as React.CSSProperties} aria-hidden="true">
        {EXPERTS.map((expert, e) => <i key={expert} data-expert={expert} style={{ width: `${String(100 * (bars[e] ?? 0))}%` }} />)}
      </span>
      <span aria-hidden="true">{fixed(100 * Math.max(...distance), 1)}</span>
      <span className="visually-hidden">{EXPERTS.map((expert, e) => ledger.distance(models[expert], fixed(100 * (distance[e] ?? 0), 1))).join(', ')}</span>
    </span>
  );
}
