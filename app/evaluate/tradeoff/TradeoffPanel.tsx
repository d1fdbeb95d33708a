import { useId, useState, type ReactNode } from 'react';
import controls from '../../shell/controls.module.css';
import { Panel } from '../../shell/Panel';
import { useStudio } from '../../store/studio';
import { strings } from '../../strings';
import { PAIRS, tradePoints, tradeTitle, type AxisPair } from './tradeoff';
import { TradeoffMap } from './TradeoffMap';
import { TradeoffTable } from './TradeoffTable';
import css from './Tradeoff.module.css';

/** Two measures against each other: every measured model, and mixes that are tried here. */
export function TradeoffPanel(): ReactNode {
  const texts = strings.tradeoff;
  const id = useId();
  const { results, tried } = useStudio((state) => state.evaluation);
  const [pair, setPair] = useState<AxisPair>('harmless helpful');
  const [table, setTable] = useState(false);
  const points = tradePoints(results, tried, pair);
  const title = tradeTitle(points);
  return (
    <Panel
      title={title}
      note={tried.length > 0 ? texts.noteTried : texts.note}
      actions={points.length === 0 ? undefined : (
        <button type="button" className={controls['word']} aria-expanded={table} onClick={() => { setTable(!table); }}>
          {table ? texts.hideTable : texts.showTable}
        </button>
      )}
    >
      <div className={css['axes']}>
        <label htmlFor={id}>{texts.axes}</label>
        <select id={id} value={pair} onChange={({ target }) => { setPair(PAIRS.find((known) => known === target.value) ?? pair); }}>
          {PAIRS.map((value) => <option key={value} value={value}>{texts.pairs[value]}</option>)}
        </select>
      </div>
      <TradeoffMap points={points} pair={pair} title={title} />
      {table ? <TradeoffTable points={points} pair={pair} /> : null}
    </Panel>
  );
}
