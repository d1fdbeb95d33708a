import { useMemo, type ReactNode } from 'react';
import { decimate } from '../charts/decimate';
import { extremes, fraction, niceScale, stepTicks } from '../charts/scale';
import { smooth } from '../charts/smooth';
import { IconButton } from '../shell/IconButton';
import { PauseIcon, ResumeIcon } from '../shell/icons';
import { integer } from '../format';
import type { RunRecord } from '../store/run_record';
import { strings } from '../strings';
import css from './GateScrubber.module.css';

interface Props {
  readonly record: RunRecord;
  readonly count: number;
  readonly recorded: boolean;
  /** Steps at which the prompt was answered: the ring rests there alone. */
  readonly stops: readonly number[];
  /** The stop that is shown. */
  readonly at: number;
  readonly onStop: (step: number) => void;
  /** The answer of the stop, for the ear. */
  readonly spoken: string;
  readonly playing: boolean;
  readonly onPlay: (play: boolean) => void;
}

const MOST_POINTS = 300;
const SMOOTHING = 0.9;
/** Px of the drawing; it is stretched to its place. */
const HEIGHT = 34;
const WIDTH = 1000;
/** Share of the axis beyond which a tick would touch that of its end. */
const END = 0.86;

/** The gate loss as a scrubber: dragged back, it shows what the model wrote earlier in training. */
export function GateScrubber({ record, count, recorded, stops, at, onStop, spoken, playing, onPlay }: Props): ReactNode {
  const { scrubber } = strings.watch;
  const total = record.capacity;
  const path = useMemo(() => gatePath(record, count), [record, count]);
  const share = (step: number): string => `${String((100 * step) / total)}%`;
  return (
    <div className={css['band']}>
      <div className={css['frame']}>
        {recorded ? (
          <div className={css['play']}>
            <IconButton large name={playing ? scrubber.pause : scrubber.play} onPress={() => { onPlay(!playing); }}>
              {playing ? <PauseIcon /> : <ResumeIcon />}
            </IconButton>
          </div>
        ) : null}
        <div className={css['axis']}>
          <p className={css['name']}>{recorded ? scrubber.recorded : scrubber.live}</p>
          <p className={css['hint']}>{stops.length > 1 ? scrubber.hint : ''}</p>
          <svg viewBox={`0 0 ${String(WIDTH)} ${String(HEIGHT)}`} preserveAspectRatio="none" aria-hidden="true"><path d={path} /></svg>
          <div className={css['base']}>{stops.map((step) => <i key={step} style={{ left: share(step) }} />)}</div>
          {stops.length === 0 ? null : <div className={css['hair']} style={{ left: share(at) }} aria-hidden="true" />}
          <input
            type="range"
            className={css['range']}
            aria-label={scrubber.label}
            aria-valuetext={spoken}
            min={0}
            max={total}
            value={at}
            disabled={stops.length === 0}
            onKeyDown={(event) => {
              const next = neighbour(event.key, stops, at);
              if (next === undefined) return;
              event.preventDefault();
              onStop(next);
            }}
            onChange={({ target }) => { onStop(nearest(stops, target.valueAsNumber)); }}
          />
          <div aria-hidden="true">
            {endedTicks(total).map((step) => <i key={step} className={css['mark']} style={{ left: share(step) }} />)}
            {endedTicks(total).map((step) => (
              <span key={step} className={css['tick']} data-end={step === 0 ? 'first' : step === total ? 'last' : undefined} style={{ left: share(step) }}>
                {step === 0 ? scrubber.zero : integer(step)}
              </span>
            ))}
          </div>
        </div>
      </div>
    </div>
  );
}

/** Round steps, and the last one in place of what stands too near to it. */
function endedTicks(total: number): readonly number[] {
  return [...stepTicks(total).filter((step) => step < END * total), total];
}

function gatePath(record: RunRecord, count: number): string {
  const line = smooth(record.series('gate'), count, SMOOTHING);
  const scale = niceScale(0, Math.max(0, extremes([line], count)[1]));
  const points = Array.from(decimate([line], count, MOST_POINTS)).filter((i) => Number.isFinite(line[i]));
  const at = (i: number): string => `${String((WIDTH * (i + 1)) / record.capacity)} ${String(HEIGHT * (1 - fraction(scale, line[i] ?? 0)))}`;
  return points.length === 0 ? '' : `M${points.map(at).join('L')}`;
}

function nearest(stops: readonly number[], step: number): number {
  return stops.reduce((best, stop) => (Math.abs(stop - step) < Math.abs(best - step) ? stop : best), stops[0] ?? 0);
}

/** Arrows go from answer to answer, not from step to step. */
function neighbour(key: string, stops: readonly number[], at: number): number | undefined {
  switch (key) {
    case 'ArrowLeft': case 'ArrowDown': return stops.findLast((stop) => stop < at) ?? stops[0];
    case 'ArrowRight': case 'ArrowUp': return stops.find((stop) => stop > at) ?? stops.at(-1);
    case 'Home': return stops[0];
    case 'End': return stops.at(-1);
    default: return undefined;
  }
}
