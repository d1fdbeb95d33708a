import { memo, useMemo, type ReactNode } from 'react';
import { Strip } from '../charts/Strip';
import type { StepWindow } from '../charts/step_window';
import { tick } from '../format';
import type { Run } from '../store/run';
import { useStudio } from '../store/studio';
import { useRecordCount } from '../store/use_record';
import { useSlowly } from '../store/use_slowly';
import { strings } from '../strings';
import { curveOf, readingsAt, summaryOf } from './curves';
import { MEASURES, type StripId } from './measures';
import { useOnScreen } from './use_on_screen';

/** At most two draws a second; a sentence stands five. */
const DRAW_EVERY = 500;
/** Nobody looks: the curve catches up when it comes into view. */
const REST = 60_000;
const SENTENCE_STANDS = 5000;

interface Props {
  readonly id: StripId;
  /** The one in front first. */
  readonly runs: readonly Run[];
  readonly window: StepWindow;
  /** Under the crosshair; the newest where there is none. */
  readonly cursorStep: number | undefined;
}

/** Counts for itself, so that each strip is drawn in a task of its own, and only where it can be seen. */
export const MeasureStrip = memo(function MeasureStrip({ id, runs, window, cursorStep }: Props): ReactNode {
  const [box, visible] = useOnScreen();
  const drawEvery = visible ? DRAW_EVERY : REST;
  const count = useRecordCount(runs[0]?.record, drawEvery);
  const live = useStudio(({ record }) => record);
  const liveCount = useRecordCount(live, drawEvery);
  const view = useStudio(({ chart }) => chart);
  const validation = runs[0]?.record.validation;
  // The records grow in place: their counts say that there is more to draw.
  const curve = useMemo(() => ({ count, liveCount, validation, ...curveOf(runs, id, view, window) }), [runs, id, view, window, count, liveCount, validation]);
  const title = useSlowly(curve.title, SENTENCE_STANDS);
  return (
    <div ref={box}>
      <Drawn id={id} title={title} curve={curve} summary={summaryOf(curve, runs)} window={window} cursorStep={Math.min(cursorStep ?? count, count)} />
    </div>
  );
});

interface DrawnProps {
  readonly id: StripId;
  readonly title: string;
  readonly curve: ReturnType<typeof curveOf>;
  readonly summary: string;
  readonly window: StepWindow;
  readonly cursorStep: number;
}

const Drawn = memo(function Drawn({ id, title, curve, summary, window, cursorStep }: DrawnProps): ReactNode {
  const { strips, validated, noClock } = strings.train;
  const { note } = strips[id];
  const silent = id === 'tokensPerSecond' && curve.rows.length > 0 && !curve.rows.some(({ values }) => typeof values[0] === 'number');
  return (
    <Strip
      {...curve}
      title={title}
      summary={summary}
      note={silent ? noClock : curve.pluses.length > 0 ? validated(note) : note}
      height={MEASURES[id].height}
      window={window}
      readings={readingsAt(curve, cursorStep)}
      cursorStep={cursorStep}
      tick={tick}
    />
  );
});
