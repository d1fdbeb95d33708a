import type { ReactNode } from 'react';
import { stepTicks } from '../charts/scale';
import { integer } from '../format';
import { useStudio } from '../store/studio';
import { strings } from '../strings';
import css from './LossStrips.module.css';

interface Props {
  readonly count: number;
  readonly total: number;
  /** The step under the crosshair. */
  readonly shown: number;
  /** Its values in words. */
  readonly spoken: string;
}

/** The shared axis; its ring picks the step that all figures show. At the newest step it follows the run. */
export function Scrubber({ count, total, shown, spoken }: Props): ReactNode {
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
        <div className={css['line']}><div style={{ width: percent(count / total) }} /></div>
        {count > 0 ? <div className={css['live']} style={{ left: percent(count / total) }} /> : null}
        <input
          type="range"
          className={css['range']}
          aria-label={scrubber.label}
          aria-valuetext={spoken}
          min={0}
          max={total}
          value={shown}
          disabled={count === 0}
          onChange={({ target }) => { choose(target.valueAsNumber); }}
        />
        <div aria-hidden="true">
          {stepTicks(total).map((step) => (
            <span key={step} className={css['tick']} style={{ left: percent(step / total) }}>{integer(step)}</span>
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
