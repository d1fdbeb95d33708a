import { useMemo, type ReactNode } from 'react';
import { Strip } from '../charts/Strip';
import { duration, integer, tick } from '../format';
import type { Aligning } from '../store/own';
import { useRecordCount } from '../store/use_record';
import { useSlowly } from '../store/use_slowly';
import { strings } from '../strings';
import { WHOLE_VIEW } from '../store/chart_view';
import { curveOf, readingsAt, summaryOf } from '../train/curves';
import css from './OwnPanel.module.css';

const DRAW_EVERY = 500;
const READ_EVERY = 250;

/** The loss so far, how far it is, and how long it will take. */
export function AlignProgress({ aligning: { record, status }, working }: { readonly aligning: Aligning; readonly working: boolean }): ReactNode {
  const { own: { align: words } } = strings;
  const count = useRecordCount(record, DRAW_EVERY);
  const window = useMemo(() => ({ from: 0, to: record.capacity }), [record]);
  const runs = useMemo(() => [{ name: words.progress, record }], [words.progress, record]);
  // The record grows in place: its count says that there is more to draw.
  const curve = useMemo(() => ({ count, ...curveOf(runs, 'lm', WHOLE_VIEW, window) }), [runs, window, count]);
  const { step, totalSteps, secondsLeft } = status;
  const left = secondsLeft === undefined ? '' : ` · ${words.left(duration(secondsLeft))}`;
  const text = useSlowly(count === 0 ? words.preparing : `${words.step(integer(step), integer(totalSteps))}${left}`, READ_EVERY);
  return (
    <div className={css['loss']}>
      <Strip
        {...curve}
        summary={summaryOf(curve, runs)}
        note={words.lossNote}
        height={84}
        window={window}
        readings={readingsAt(curve, count)}
        cursorStep={count}
        tick={tick}
      />
      {working ? (
        <>
          <div className={css['progress']} role="progressbar" aria-label={words.progress} aria-valuemin={0} aria-valuemax={totalSteps} aria-valuenow={step}>
            <div style={{ width: `${String((100 * step) / totalSteps)}%` }} />
          </div>
          <p className={css['note']}>{text}</p>
        </>
      ) : null}
    </div>
  );
}
