import type { ReactNode } from 'react';
import { endedTicksWithin } from '../charts/scale';
import { contains, place, type StepWindow } from '../charts/step_window';
import { integer } from '../format';
import { useStudio } from '../store/studio';
import { strings } from '../strings';
import css from './LossStrips.module.css';

interface Props {
  readonly count: number;
  /** Steps of the axis. */
  readonly window: StepWindow;
  /** The step under the crosshair. */
  readonly shown: number;
  /** Its values in words. */
  readonly spoken: string;
}

/** The shared axis; its ring picks the step that all figures show. At the newest step it follows the run. */
export function Scrubber({ count, window, shown, spoken }: Props): ReactNode {
  const { scrubber } = strings.train;
  const live = useStudio(({ cursor }) => cursor === undefined);
  const title = count === 0 ? scrubber.at('0') : live && shown === count ? scrubber.latest : scrubber.at(integer(shown));
  const choose = (step: number): void => { useStudio.setState({ cursor: step >= count ? undefined : Math.max(1, step) }); };
  return (
    <div className={css['scrubber']}>
      <div>
        <h3>{title}</h3>
        <p className={css['note']}>{live || count === 0 ? scrubber.note : (
          <FollowLive />
        )}</p>
      </div>
      <div className={css['axis']}>
        {count > 0 && contains(window, shown) ? <div className={css['stem']} style={{ left: percent(place(window, shown)) }} /> : null}
        <div className={css['line']}><div style={{ width: percent(Math.max(0, Math.min(1, place(window, count)))) }} /></div>
        {count > 0 && contains(window, count) ? <div className={css['live']} style={{ left: percent(place(window, count)) }} /> : null}
        <input
          type="range"
          className={css['range']}
          aria-label={scrubber.label}
          aria-valuetext={spoken}
          min={window.from}
          max={window.to}
          value={Math.max(window.from, Math.min(window.to, shown))}
          disabled={count === 0}
          onChange={({ target }) => { choose(target.valueAsNumber); }}
        />
        <div aria-hidden="true">
          {endedTicksWithin(window.from, window.to).map((step) => (
            <span key={step} className={css['tick']} style={{ left: percent(place(window, step)) }}>{integer(step)}</span>
          ))}
        </div>
      </div>
    </div>
  );
}

function FollowLive(): ReactNode {
  return (
    <button type="button" className={css['follow']} onClick={() => { useStudio.setState({ cursor: undefined }); }}>
      {strings.train.scrubber.follow}
    </button>
  );
}

function percent(share: number): string {
  return `${String(100 * share)}%`;
}
