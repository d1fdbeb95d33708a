import { useMemo, type ReactNode } from 'react';
import { Strip } from '../charts/Strip';
import { duration, integer, tick } from '../format';
import type { Aligning } from '../store/own';
import { useRecordCount } from '../store/use_record';
import { useSlowly } from '../store/use_slowly';
import { strings } from '../strings';
import { curveOf, summaryOf } from '../train/curves';
import css from './OwnPanel.module.css';

const DRAW_EVERY = 500;
const READ_EVERY = 250;
const INK = [{ name: 'smoothed', colour: 'var(--ink)' }] as const;

/** The loss so far, how far it is, and how long it will take. */
export function AlignProgress({ aligning: { record, status }, working }: { readonly aligning: Aligning; readonly working: boolean }): ReactNode {
  const { own: { align: words } } = strings;
  const count = useRecordCount(record, DRAW_EVERY);
  const curve = useMemo(() => curveOf(record, 'lm', count), [record, count]);
  const { step, totalSteps, secondsLeft } = status;
  const left = secondsLeft === undefined ? '' : ` · ${words.left(duration(secondsLeft))}`;
  const text = useSlowly(count === 0 ? words.preparing : `${words.step(integer(step), integer(totalSteps))}${left}`, READ_EVERY);
  const newest = curve.columns[0]?.[count - 1] ?? Number.NaN;
  return (
    <div className={css['loss']}>
      <Strip
        title={curve.title}
        summary={summaryOf(curve, count)}
        note={words.lossNote}
        height={84}
        total={record.capacity}
        rows={curve.rows}
        scale={curve.scale}
        lines={INK}
        readings={Number.isFinite(newest) ? [{ value: newest, text: curve.write(newest) }] : []}
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
