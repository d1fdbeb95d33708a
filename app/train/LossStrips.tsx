import { useMemo, useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { between, contains, moved, place, stepAt, windowOf, zoomedIn, zoomedOut } from '../charts/step_window';
import { useRecordCount } from '../store/use_record';
import { shownRecord, type StudioState, useStudio } from '../store/studio';
import { useShownRuns } from '../store/use_runs';
import { strings } from '../strings';
import { setZoom } from './chart_actions';
import { ChartTools } from './ChartTools';
import { spokenAt } from './curves';
import { MORE_STRIPS, STRIPS } from './measures';
import { MeasureStrip } from './MeasureStrip';
import { PictureTools } from './PictureTools';
import { Scrubber } from './Scrubber';
import { StripOverlay } from './StripOverlay';
import css from './LossStrips.module.css';

/** At most two draws a second. */
const DRAW_EVERY = 500;
/** What reads keys and pointers itself. */
const OWN = 'input, button, a, select';

/** All measures on one step axis, one crosshair through all; drag over them, or + − 0 and Shift with an arrow, to see fewer steps. */
export function LossStrips(): ReactNode {
  const record = useStudio(shownRecord);
  const planned = useStudio(plannedSteps);
  const runs = useShownRuns();
  const cursor = useStudio((state) => state.cursor);
  const { zoom, more } = useStudio((state) => state.chart);
  const count = useRecordCount(record, DRAW_EVERY);
  const [hover, setHover] = useState<number>();
  const [drag, setDrag] = useState<{ readonly from: number; readonly to: number }>();
  const plot = useRef<HTMLDivElement>(null);
  const total = Math.max(planned, ...runs.map(({ record: { capacity } }) => capacity));
  const window = useMemo(() => windowOf(total, zoom), [total, zoom]);
  const shown = Math.min(hover ?? cursor ?? count, count);

  /** The step under the pointer, and whether it is over the plots. */
  const pointed = ({ clientX }: PointerEvent): readonly [step: number, over: boolean] => {
    const box = plot.current?.getBoundingClientRect();
    if (box === undefined || box.width === 0) return [0, false];
    return [stepAt(window, (clientX - box.left) / box.width), clientX >= box.left && clientX <= box.right + 8];
  };
  const follow = (event: PointerEvent): void => {
    const [step, over] = pointed(event);
    if (drag !== undefined) setDrag({ ...drag, to: Math.max(window.from, Math.min(window.to, step)) });
    setHover(over && count > 0 ? Math.max(1, Math.min(count, Math.round(step))) : undefined);
  };
  const begin = (event: PointerEvent<HTMLElement>): void => {
    const [step, over] = pointed(event);
    // A finger scrolls, and moves the crosshair.
    if (!over || event.button !== 0 || event.pointerType === 'touch' || (event.target as Element).closest(OWN) !== null) return;
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    setDrag({ from: step, to: step });
  };
  const end = (): void => {
    const chosen = drag === undefined ? undefined : between(total, drag.from, drag.to);
    setDrag(undefined);
    if (chosen !== undefined) setZoom(chosen);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '+' || event.key === '=') setZoom(zoomedIn(total, window, shown));
    else if (event.key === '-') setZoom(zoomedOut(total, window, shown));
    else if (event.key === '0') setZoom(undefined);
    else if (event.shiftKey && event.key === 'ArrowLeft') setZoom(moved(total, window, -1));
    else if (event.shiftKey && event.key === 'ArrowRight') setZoom(moved(total, window, 1));
    else return;
    event.preventDefault();
  };
  return (
    <div onKeyDown={onKey}>
      <ChartTools total={total} around={shown} />
      <div
        className={css['strips']} onPointerDown={begin} onPointerMove={follow} onPointerUp={end} onPointerCancel={() => { setDrag(undefined); }}
        onPointerLeave={() => { setHover(undefined); }}
      >
        {(more ? [...STRIPS, ...MORE_STRIPS] : STRIPS).map((id) => <MeasureStrip key={id} id={id} runs={runs} window={window} cursorStep={hover ?? cursor} />)}
        <StripOverlay plot={plot} window={window} count={count} shown={contains(window, shown) ? shown : undefined} record={record} />
        {drag === undefined || between(total, drag.from, drag.to) === undefined ? null : (
          <div className={css['overlay']} aria-hidden="true">
            <div><div className={css['brush']} style={brushStyle(place(window, drag.from), place(window, drag.to))} /></div>
          </div>
        )}
        {count === 0 ? <p className={css['empty']}>{strings.train.empty}</p> : null}
        <Scrubber count={count} window={window} shown={shown} spoken={spokenAt(record, shown)} />
      </div>
      <PictureTools runs={runs} window={window} />
    </div>
  );
}

function brushStyle(from: number, to: number): React.CSSProperties {
  return { left: `${String(100 * Math.min(from, to))}%`, width: `${String(100 * Math.abs(to - from))}%` };
}

/** Steps of the axis: of the run on screen, else of the recipe. */
function plannedSteps(state: StudioState): number {
  const { recipe } = state;
  return shownRecord(state)?.capacity ?? recipe.steps + recipe.warmupSteps;
}
