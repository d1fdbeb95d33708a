import { useMemo, useRef, useState, type PointerEvent, type ReactNode } from 'react';
import { Strip } from '../charts/Strip';
import type { LineStyle } from '../charts/strip_row';
import { EXPERTS } from '../../src/engine/protocol';
import type { Mark } from '../store/levers';
import { useRecordCount } from '../store/use_record';
import { shownRecord, type StudioState, useStudio } from '../store/studio';
import { strings } from '../strings';
import { integer, setting, tick } from '../format';
import { type Curve, curveOf, spokenAt, summaryOf, type StripId, STRIPS } from './curves';
import { Scrubber } from './Scrubber';
import { useSlowly } from '../store/use_slowly';
import { useOnScreen } from './use_on_screen';
import css from './LossStrips.module.css';

/** At most two draws a second; a sentence stands five. */
const DRAW_EVERY = 500;
/** Nobody looks: the curves catch up when they come into view. */
const REST = 60_000;
const SENTENCE_STANDS = 5000;

const INK: readonly LineStyle[] = [{ name: 'smoothed', colour: 'var(--ink)' }];
const BY_EXPERT: readonly LineStyle[] = EXPERTS.map((expert, e) => ({
  name: expert,
  colour: `var(--${expert})`,
  ...(e === 0 ? {} : { dash: e === 1 ? '6 2' : '2 2' }),
}));
const HEIGHTS: Readonly<Record<StripId, number>> = { lm: 150, gate: 84, drift: 96, loss: 84 };

/** Four measures on one step axis, one crosshair through all. */
export function LossStrips(): ReactNode {
  const record = useStudio(shownRecord);
  const planned = useStudio(plannedSteps);
  const cursor = useStudio((state) => state.cursor);
  const marks = useStudio((state) => state.marks);
  const [box, visible] = useOnScreen();
  const drawEvery = visible ? DRAW_EVERY : REST;
  const count = useRecordCount(record, drawEvery);
  const [hover, setHover] = useState<number>();
  const plot = useRef<HTMLDivElement>(null);
  const shown = Math.min(hover ?? cursor ?? count, count);

  const follow = ({ clientX }: PointerEvent): void => {
    const box = plot.current?.getBoundingClientRect();
    if (box === undefined || count === 0) return;
    const step = Math.round((planned * (clientX - box.left)) / box.width);
    setHover(step < 0 || clientX > box.right + 8 ? undefined : Math.max(1, Math.min(count, step)));
  };
  return (
    <div ref={box} className={css['strips']} onPointerMove={follow} onPointerLeave={() => { setHover(undefined); }}>
      {STRIPS.map((id) => <LossStrip key={id} id={id} drawEvery={drawEvery} total={planned} cursorStep={shown} />)}
      <div className={css['overlay']} aria-hidden="true">
        <div ref={plot}>
          {count > 0 ? <div className={css['hair']} style={{ left: `${String((100 * shown) / planned)}%` }} /> : null}
          {record !== undefined && record.warmup > 0 && record.warmup < count ? (
            <div className={css['mark']} style={{ left: `${String((100 * record.warmup) / planned)}%` }}>
              <span>{strings.train.scrubber.warmup}</span>
            </div>
          ) : null}
          {marks.map((mark) => (
            <div key={`${String(mark.step)} ${mark.field}`} className={css['mark']} data-pulled="true" style={{ left: `${String((100 * mark.step) / planned)}%` }}>
              <span>{markText(mark)}</span>
            </div>
          ))}
        </div>
      </div>
      <ul className="visually-hidden">{marks.map((mark) => <li key={`${String(mark.step)} ${mark.field}`}>{strings.train.levers.mark(integer(mark.step), markText(mark))}</li>)}</ul>
      {count === 0 ? <p className={css['empty']}>{strings.train.empty}</p> : null}
      <Scrubber count={count} total={planned} shown={shown} spoken={spokenAt(record, shown)} />
    </div>
  );
}

/** Steps of the axis: of the run on screen, else of the recipe. */
function plannedSteps(state: StudioState): number {
  const { recipe } = state;
  return shownRecord(state)?.capacity ?? recipe.steps + recipe.warmupSteps;
}

/** λ 0.1 → 1 */
function markText({ field, from, to }: Mark): string {
  const { symbols, fields } = strings.recipe;
  return strings.train.levers.change(field === 'learningRate' ? fields.learningRate.toLowerCase() : symbols[field], setting(from), setting(to));
}

interface StripProps {
  readonly id: StripId;
  readonly drawEvery: number;
  readonly total: number;
  readonly cursorStep: number;
}

/** Counts for itself, so that each strip is drawn in a task of its own. */
function LossStrip({ id, drawEvery, total, cursorStep }: StripProps): ReactNode {
  const record = useStudio(shownRecord);
  const count = useRecordCount(record, drawEvery);
  const curve: Curve = useMemo(() => curveOf(record, id, count), [record, id, count]);
  const title = useSlowly(curve.title, SENTENCE_STANDS);
  const drift = id === 'drift';
  const at = curve.columns.map((column) => column[cursorStep - 1] ?? Number.NaN);
  return (
    <Strip
      title={title}
      summary={summaryOf(curve, count)}
      note={strings.train.strips[id].note}
      height={HEIGHTS[id]}
      total={total}
      rows={curve.rows}
      scale={curve.scale}
      lines={drift ? BY_EXPERT : INK}
      ends={drift ? EXPERTS.map((expert, e) => ({ name: strings.models[expert], tile: strings.tiles[expert], expert, value: curve.columns[e]?.[count - 1] ?? 0 })) : []}
      readings={at.flatMap((value, e) => (Number.isFinite(value)
        ? [{ value, text: curve.write(value), ...(drift ? { expert: EXPERTS[e] ?? '' } : {}) }]
        : []))}
      cursorStep={cursorStep}
      tick={tick}
    />
  );
}
