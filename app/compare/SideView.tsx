import { useState, type ReactNode } from 'react';
import type { AnswerModel } from '../../src/engine/protocol';
import { integer } from '../format';
import { PromptBox } from '../inspect/PromptBox';
import { type Answer, answerText, isBusy } from '../store/answer';
import { SIDE_MODELS, useInspect } from '../store/inspect';
import { askSide, choose, stopSide } from '../store/side';
import { isFused, useStudio } from '../store/studio';
import { strings } from '../strings';
import { Score } from '../watch/Score';
import css from './SideView.module.css';

/** Models that stand open; the others wait behind a word. */
const FIRST = 4;

/** One prompt, an answer of each who was chosen, side by side. */
export function SideView(): ReactNode {
  const texts = strings.side;
  const chosen = useInspect((state) => state.chosen);
  const busy = useInspect(({ sideAnswers }) => Object.values(sideAnswers).some(isBusy));
  const fused = useStudio(isFused);
  const ready = useStudio(({ engine, prompt }) => engine === 'ready' && prompt.trim() !== '') && chosen.some((model) => model !== 'fused' || fused);
  return (
    <>
      <div className={css['ask']}>
        <PromptBox ask={texts.ask} ready={ready} busy={busy} onAsk={() => { void askSide(); }} onStop={stopSide} />
      </div>
      <fieldset className={css['choose']}>
        <legend className="visually-hidden">{texts.choose}</legend>
        {SIDE_MODELS.slice(0, FIRST).map((model) => <Check key={model} model={model} on={chosen.includes(model)} />)}
        <details open={SIDE_MODELS.slice(FIRST).some((model) => chosen.includes(model))}>
          <summary>{texts.more}</summary>
          <div>{SIDE_MODELS.slice(FIRST).map((model) => <Check key={model} model={model} on={chosen.includes(model)} />)}</div>
        </details>
      </fieldset>
      <p className={css['note']}>{chosen.length === 0 ? texts.none : texts.note}</p>
      <div className={css['answers']}>
        {chosen.map((model) => <SideAnswer key={model} model={model} />)}
      </div>
    </>
  );
}

function Check({ model, on }: { readonly model: AnswerModel; readonly on: boolean }): ReactNode {
  return (
    <label className={css['check']} data-expert={model}>
      <input type="checkbox" checked={on} onChange={({ target }) => { choose(model, target.checked); }} />
      {strings.models[model]}
    </label>
  );
}

function SideAnswer({ model }: { readonly model: AnswerModel }): ReactNode {
  const { side: texts, models, watch } = strings;
  const runs = useStudio((state) => state.runs);
  // An answer of a fused model that another run has replaced is nobody's.
  const answer = useInspect(({ sideAnswers, sideRuns }) => (model === 'fused' && sideRuns !== runs ? undefined : sideAnswers[model]));
  const [active, setActive] = useState<number>();
  const fused = useStudio(isFused);
  const absent = model === 'fused' && !fused;
  const ended = answer?.state === 'end' || answer?.state === 'length';
  return (
    <article className={css['answer']} data-expert={model} aria-label={models[model]}>
      <h2>{models[model]}</h2>
      <Score
        answer={answer?.state === 'waiting' ? undefined : answer} active={active} onActive={setActive} routed={model === 'fused'} panel
        label={watch.scoreOf(models[model])} empty={absent ? texts.notFused : answer?.state === 'waiting' ? texts.waits : texts.empty}
      />
      <p className={css['facts']}>{answer === undefined ? '' : facts(answer)}</p>
      <p className="visually-hidden" role="status">{ended ? texts.finished(models[model], answerText(answer)) : ''}</p>
    </article>
  );
}

function facts({ tokens, state, step }: Answer): string {
  const { watch, side } = strings;
  return [
    ...(state === 'waiting' ? [] : [watch.count(integer(tokens.length))]),
    ...(state === 'end' || state === 'length' || state === 'cancelled' ? [watch.reasons[state]] : []),
    ...(step === undefined ? [] : [side.step(integer(step))]),
  ].join(' · ');
}
