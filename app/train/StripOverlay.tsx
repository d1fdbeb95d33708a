import type { ReactNode, RefObject } from 'react';
import { contains, place, type StepWindow } from '../charts/step_window';
import { integer } from '../format';
import type { RunRecord } from '../store/run_record';
import { shownMarks, useStudio } from '../store/studio';
import { useShownRuns } from '../store/use_runs';
import { strings } from '../strings';
import { markText } from './run_facts';
import css from './LossStrips.module.css';

interface Props {
  /** Stands exactly over the plots of all strips. */
  readonly plot: RefObject<HTMLDivElement | null>;
  readonly window: StepWindow;
  readonly count: number;
  /** The step of the crosshair, where it can be seen. */
  readonly shown: number | undefined;
  readonly record: RunRecord | undefined;
}

/** What crosses all strips: the crosshair, the end of the warm-up, where a run was forked and what was pulled. */
export function StripOverlay({ plot, window, count, shown, record }: Props): ReactNode {
  const marks = useStudio(shownMarks);
  const parent = useShownRuns()[0]?.parent;
  const { scrubber, levers, branch } = strings.train;
  const warmup = record?.warmup ?? 0;
  return (
    <>
      <div className={css['overlay']} aria-hidden="true">
        <div ref={plot}>
          {shown === undefined || count === 0 ? null : <div className={css['hair']} style={{ left: left(window, shown) }} />}
          {warmup > 0 && warmup < count ? <Hairline window={window} step={warmup} text={scrubber.warmup} /> : null}
          {parent === undefined ? null : <Hairline window={window} step={parent.step} text={branch.mark(parent.name)} />}
          {marks.map((mark) => <Hairline key={`${String(mark.step)} ${mark.field}`} window={window} step={mark.step} text={markText(mark)} low />)}
        </div>
      </div>
      <ul className="visually-hidden">{marks.map((mark) => <li key={`${String(mark.step)} ${mark.field}`}>{levers.mark(integer(mark.step), markText(mark))}</li>)}</ul>
    </>
  );
}

function Hairline({ window, step, text, low = false }: { readonly window: StepWindow; readonly step: number; readonly text: string; readonly low?: boolean }): ReactNode {
  if (!contains(window, step)) return null;
  return <div className={css['mark']} data-pulled={low} style={{ left: left(window, step) }}><span>{text}</span></div>;
}

function left(window: StepWindow, step: number): string {
  return `${String(100 * place(window, step))}%`;
}
