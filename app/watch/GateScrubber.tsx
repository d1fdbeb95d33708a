import { useMemo, type ReactNode } from 'react';
import { endedTicksWithin } from '../charts/scale';
import { IconButton } from '../shell/IconButton';
import { PauseIcon, ResumeIcon } from '../shell/icons';
import { integer } from '../format';
import type { RunRecord } from '../store/run_record';
import { strings } from '../strings';
import { gatePath, HEIGHT, WIDTH } from './gate_path';
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
            {endedTicksWithin(0, total).map((step) => <i key={step} className={css['mark']} style={{ left: share(step) }} />)}
            {endedTicksWithin(0, total).map((step) => (
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
