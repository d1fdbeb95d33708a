import type { ReactNode } from 'react';
import { fixed } from '../format';
import { useLocked } from '../lesson/Part';
import controls from '../shell/controls.module.css';
import { type Answer, isBusy } from '../store/answer';
import { stepOut } from '../store/stepping';
import { strings } from '../strings';
import { forkOf, isWhole, textOf } from './fork';
import css from './ForkPanel.module.css';

/** Nats that fill a bar; KL is open upwards. */
const FULL = 4;
/** Px of a full bar. */
const BAR = 34;
/** Nats from which a bar says its number. */
const TOLD = 0.5;

interface Props {
  readonly trained: Answer;
  readonly stepped: Answer;
  readonly done: string;
  /** Tokens before it are in both answers. */
  readonly onAlone: (index: number) => void;
}

/** Two answers with the same start: as trained, and under what is done to the router, with how far each word was moved. */
export function ForkPanel({ trained, stepped, done, onAlone }: Props): ReactNode {
  const texts = strings.fork;
  const locked = useLocked('step');
  const fork = forkOf(trained.tokens, stepped.tokens);
  const kl = stepped.kl ?? [];
  const whole = isWhole(fork) && !isBusy(stepped);
  return (
    <section className={css['fork']} aria-label={texts.title} aria-busy={isBusy(stepped)}>
      <div className={css['head']}>
        <h2>{texts.title}</h2>
        <p>{whole ? texts.same : texts.note}</p>
        {fork.trained.length === 0 ? null : (
          <button type="button" className={controls['word']} onClick={() => { onAlone(fork.shared.length); }}>{strings.alone.link}</button>
        )}
        <button type="button" className={`${controls['outlined'] ?? ''} ${controls['small'] ?? ''}`} disabled={locked !== undefined} title={locked} onClick={stepOut}>{texts.back}</button>
      </div>
      <div className={css['branches']}>
        <p className={css['shared']}>{textOf(fork.shared)}</p>
        {whole ? null : <div className={css['ends']}>
          <span className={css['node']} aria-hidden="true" />
          <p className={css['trained']}><small>{texts.trained}</small>{textOf(fork.trained) || texts.nothing}</p>
          <p className={css['stepped']}>
            {fork.stepped.map(({ text }, i) => {
              const moved = kl[fork.shared.length + i];
              return (
                <span key={i} className={css['word']} title={moved === undefined ? undefined : texts.moved(fixed(moved, 2))}>
                  {moved === undefined ? null : <i style={{ height: `${String(Math.min(1, moved / FULL) * BAR)}px` }} aria-hidden="true" />}
                  {moved === undefined || moved < TOLD ? null : <b style={{ bottom: `${String(Math.min(1, moved / FULL) * BAR)}px` }} aria-hidden="true">{fixed(moved, 1)}</b>}
                  {text}
                  {moved === undefined ? null : <span className="visually-hidden">{texts.movedBy(fixed(moved, 2))}</span>}
                </span>
              );
            })}
            {fork.stepped.length === 0 ? texts.nothing : null}
            <small>{done}</small>
          </p>
        </div>}
      </div>
      <p className="visually-hidden" role="status">{isBusy(stepped) ? '' : texts.finished(done, textOf(stepped.tokens))}</p>
    </section>
  );
}
