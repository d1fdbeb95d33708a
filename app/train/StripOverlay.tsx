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
  const front = useShownRuns()[0];
  const parent = front?.parent;
  const { scrubber, levers, branch } = strings.train;
  const warmup = front?.recipe.warmupSteps ?? record?.warmup ?? 0;
  return (
    <>
      <div className={css['overlay']} aria-hidden="true">
        <div ref={plot}>
          {shown === undefined || count === 0 ? null : <div className={css['hair']} style={{ left: left(window, shown) }} />}
          {warmup > 0 && count > 0 ? <WarmUp window={window} step={warmup} row={(parent === undefined ? 0 : 1) + Math.min(1, marks.length)} /> : null}
          {parent === undefined ? null : <Hairline window={window} step={parent.step} text={branch.mark(parent.name)} />}
          {marks.map((mark, i) => (
            <Hairline
              key={`${String(mark.step)} ${mark.field}`} window={window} step={mark.step} text={markText(mark)}
              row={marks.slice(0, i).filter(({ step }) => step === mark.step).length + (parent?.step === mark.step ? 1 : 0)}
            />
          ))}
        </div>
      </div>
      <ul className="visually-hidden">
        {warmup > 0 && count > 0 ? <li>{scrubber.warmupTo(integer(warmup))}</li> : null}
        {marks.map((mark) => <li key={`${String(mark.step)} ${mark.field}`}>{levers.mark(integer(mark.step), markText(mark))}</li>)}
      </ul>
    </>
  );
}

/** Its words stand before the line, over what it ends; the style takes the form for which there is room. @param row of those behind the line */
function WarmUp({ window, step, row }: { readonly window: StepWindow; readonly step: number; readonly row: number }): ReactNode {
  const { warmup, warmupShort, warmupBeside } = strings.train.scrubber;
  if (!contains(window, step)) return null;
  return (
    <div className={css['warmup']} style={{ width: left(window, step), '--row': row } as React.CSSProperties}>
      <span data-form="long">{warmup}</span><span data-form="short">{warmupShort}</span><span data-form="beside">{warmupBeside}</span>
    </div>
  );
}

interface HairlineProps {
  readonly window: StepWindow;
  readonly step: number;
  readonly text: string;
  /** From the top, so that the words of one step do not lie on each other. */
  readonly row?: number;
}

function Hairline({ window, step, text, row = 0 }: HairlineProps): ReactNode {
  if (!contains(window, step)) return null;
  return <div className={css['mark']} style={{ left: left(window, step), '--row': row } as React.CSSProperties}><span>{text}</span></div>;
}

function left(window: StepWindow, step: number): string {
  return `${String(100 * place(window, step))}%`;
}
