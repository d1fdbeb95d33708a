import { useState, type ReactNode } from 'react';
import { EXPERTS } from '../../../src/engine/protocol';
import { fixed } from '../../format';
import number from '../../fuse/NumberSetting.module.css';
import controls from '../../shell/controls.module.css';
import { Panel } from '../../shell/Panel';
import { Segments } from '../../shell/Segments';
import { stopEvaluation, tryMerge, undoTry } from '../../store/evaluation';
import { useStudio } from '../../store/studio';
import { strings } from '../../strings';
import { leftOf, useWhyNot } from '../measuring';
import { triedSentence } from './tradeoff';
import css from './Tradeoff.module.css';

/** Beyond this the models of here say nothing sensible any more. */
const MOST = 1.5;
const STEP = 0.05;
const START = [0.4, 0.4, 0.4] as const;
const ROWS = [12, 24, 60] as const;

/** Weights of the three, and a measurement of the merge that they make. */
export function MixPanel(): ReactNode {
  const { tradeoff: { mix }, models } = strings;
  const [weights, setWeights] = useState<readonly number[]>(START);
  const [rows, setRows] = useState<number>(24);
  const now = useStudio(({ evaluation }) => evaluation.now);
  const tried = useStudio(({ evaluation }) => evaluation.tried);
  const why = useWhyNot();
  const last = tried.at(-1);
  const small = `${controls['outlined'] ?? ''} ${controls['small'] ?? ''}`;
  return (
    <Panel title={mix.title} note={mix.note}>
      <div className={css['weights']}>
        {EXPERTS.map((expert, e) => {
          const weight = weights[e] ?? 0;
          return (
            <label key={expert} data-expert={expert} className={css['weight']}>
              <span>{models[expert]}</span><b>{fixed(weight, 2)}</b>
              <input
                type="range" className={number['track']} aria-label={mix.weight(models[expert])} min={0} max={MOST} step={STEP} value={weight}
                aria-valuetext={fixed(weight, 2)} style={{ '--way': `${String((100 * weight) / MOST)}%` } as React.CSSProperties}
                onChange={({ target }) => { setWeights(weights.map((old, i) => (i === e ? target.valueAsNumber : old))); }}
              />
            </label>
          );
        })}
      </div>
      <div className={css['rows']}>
        <Segments label={mix.rows} value={rows} options={ROWS.map((value) => ({ value, name: String(value) }))} onChange={setRows} />
      </div>
      <div className={css['actions']}>
        <button type="button" className={small} disabled={why !== undefined || now !== undefined} onClick={() => { void tryMerge(weights, rows); }}>
          {mix.start}
        </button>
        {now?.what === 'try' ? <button type="button" className={small} onClick={stopEvaluation}>{mix.stop}</button> : null}
        <button type="button" className={controls['word']} disabled={tried.length === 0} onClick={undoTry}>{mix.undo}</button>
      </div>
      {now?.what === 'try' ? <progress className={css['progress']} aria-label={mix.progress} value={now.done} max={Math.max(1, now.total)} /> : null}
      <p className={css['note']}>
        <span role="status">{now?.what === 'try' ? mix.status : why ?? (last === undefined ? '' : triedSentence(last, tried.length))}</span>
        {now?.what === 'try' ? leftOf(now) : null}
      </p>
    </Panel>
  );
}
