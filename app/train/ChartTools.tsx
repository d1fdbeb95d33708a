import { useId, type ReactNode } from 'react';
import { moved, windowOf, zoomedIn, zoomedOut } from '../charts/step_window';
import { fixed, integer } from '../format';
import controls from '../shell/controls.module.css';
import { SMOOTHING } from '../store/chart_view';
import { useStudio } from '../store/studio';
import { strings } from '../strings';
import { setChart, setZoom } from './chart_actions';
import css from './ChartTools.module.css';

interface Props {
  /** Steps of the whole axis. */
  readonly total: number;
  /** The step that stays where it is while it is zoomed. */
  readonly around: number;
}

/** How the strips are drawn: axis, smoothing, which steps. */
export function ChartTools({ total, around }: Props): ReactNode {
  const { chart } = strings.train;
  const { log, smoothing, zoom, more } = useStudio((state) => state.chart);
  const id = useId();
  const window = windowOf(total, zoom);
  return (
    <div className={css['tools']} role="group" aria-label={chart.tools}>
      <button type="button" className={controls['word']} aria-pressed={log} onClick={() => { setChart({ log: !log }); }}>
        {chart.log} <b>{log ? chart.on : chart.off}</b>
      </button>
      <div className={css['smoothing']}>
        <label htmlFor={id}>{chart.smoothing}</label>
        <input
          id={id} type="range" className={css['track']} {...SMOOTHING} value={smoothing} aria-valuetext={chart.smoothingIs(fixed(smoothing, 2))}
          onChange={({ target }) => { setChart({ smoothing: target.valueAsNumber }); }}
        />
        <output htmlFor={id}>{fixed(smoothing, 2)}</output>
      </div>
      <div className={css['zoom']} role="group" aria-label={chart.zoom}>
        <Word name={chart.zoomIn} text="+" onPress={() => { setZoom(zoomedIn(total, window, around)); }} />
        <Word name={chart.zoomOut} text="−" disabled={zoom === undefined} onPress={() => { setZoom(zoomedOut(total, window, around)); }} />
        <Word name={chart.earlier} text="‹" disabled={zoom === undefined || window.from === 0} onPress={() => { setZoom(moved(total, window, -1)); }} />
        <Word name={chart.later} text="›" disabled={zoom === undefined || window.to === total} onPress={() => { setZoom(moved(total, window, 1)); }} />
        <button type="button" className={controls['word']} disabled={zoom === undefined} onClick={() => { setZoom(undefined); }}>{chart.all}</button>
        <span role="status" className={css['shown']} data-hint={zoom === undefined}>{zoom === undefined ? chart.hint : chart.shown(integer(window.from), integer(window.to))}</span>
      </div>
      <button type="button" className={controls['word']} aria-expanded={more} onClick={() => { setChart({ more: !more }); }}>{more ? chart.fewer : chart.more}</button>
    </div>
  );
}

interface WordProps {
  readonly name: string;
  readonly text: string;
  readonly disabled?: boolean;
  readonly onPress: () => void;
}

function Word({ name, text, disabled = false, onPress }: WordProps): ReactNode {
  return <button type="button" className={controls['icon']} aria-label={name} title={name} disabled={disabled} onClick={onPress}>{text}</button>;
}
