import { useId, type ReactNode } from 'react';
import { BASELINES, type BaselineId } from '../../src/engine/protocol';
import { compareWith } from '../store/asking';
import { type Answer, answerText, isBusy } from '../store/answer';
import { useStudio } from '../store/studio';
import { strings } from '../strings';
import controls from '../shell/controls.module.css';
import { AnswerText } from './AnswerText';
import css from './Comparison.module.css';

interface Props {
  readonly answer: Answer | undefined;
  readonly onAsk: (baseline: BaselineId) => void;
  /** The choice stands elsewhere: here is what it means. */
  readonly apart?: boolean;
}

/** What can be made of the three without training: one is chosen, and answers the prompt that the others were asked. */
export function Comparison({ answer, onAsk, apart = false }: Props): ReactNode {
  const { compare, models, fuse } = strings;
  const baseline = useStudio((state) => state.baseline);
  const ready = useStudio(({ engine }) => engine === 'ready');
  const ended = answer?.state === 'end' || answer?.state === 'length';
  return (
    <div className={css['frame']}>
      <div className={css['comparison']}>
        {!apart ? <BaselineChoice /> : baseline === undefined ? null : <About baseline={baseline} />}
        {baseline === undefined ? null : (
          <article className={css['answer']} aria-label={models[baseline]}>
            <AnswerText answer={answer} />
            {isBusy(answer) ? null : (
              <button type="button" className={controls['word']} disabled={!ready} onClick={() => { onAsk(baseline); }}>
                {answer === undefined ? fuse.askOne(models[baseline]) : fuse.askAgain}
              </button>
            )}
            <p className="visually-hidden" role="status">{ended ? compare.finished(models[baseline], answerText(answer)) : ''}</p>
          </article>
        )}
      </div>
    </div>
  );
}

function About({ baseline }: { readonly baseline: BaselineId }): ReactNode {
  const { compare, models } = strings;
  return <div className={css['about']}><h3>{models[baseline]}</h3><p>{compare.about[baseline]}</p></div>;
}

/** Who answers beside the others. @param brief what that means stands elsewhere, and is said to the ear alone */
export function BaselineChoice({ brief = false }: { readonly brief?: boolean }): ReactNode {
  const { compare, models } = strings;
  const baseline = useStudio((state) => state.baseline);
  const id = useId();
  const explains = !brief || baseline === undefined;
  const option = (value: BaselineId): ReactNode => <option key={value} value={value}>{models[value]}</option>;
  const isEnsemble = (value: BaselineId): boolean => value.startsWith('ensemble');
  return (
    <div className={brief ? css['brief'] : css['choice']}>
      <label htmlFor={id}>{compare.choose}</label>
      <select
        id={id}
        value={baseline ?? ''}
        aria-describedby={explains ? `${id}-about` : undefined}
        onChange={({ target }) => { compareWith(BASELINES.find((known) => known === target.value)); }}
      >
        <option value="">{compare.none}</option>
        <optgroup label={compare.merges}>{BASELINES.filter((value) => !isEnsemble(value)).map(option)}</optgroup>
        <optgroup label={compare.ensembles}>{BASELINES.filter(isEnsemble).map(option)}</optgroup>
      </select>
      {explains ? <p id={`${id}-about`} className={brief ? 'visually-hidden' : undefined}>{compare.about[baseline ?? 'none']}</p> : null}
    </div>
  );
}
