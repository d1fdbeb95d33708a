import { useState, type ReactNode } from 'react';
import type { AnswerModel } from '../../src/engine/protocol';
import { Comparison } from '../compare/Comparison';
import { ErrorNotice } from '../shell/ErrorNotice';
import { Panel } from '../shell/Panel';
import { Segments } from '../shell/Segments';
import { askBaseline } from '../store/actions';
import { isBusy } from '../store/answer';
import { isFused, useStudio } from '../store/studio';
import { strings } from '../strings';
import { AnswerFacts } from './AnswerFacts';
import { PromptBox } from './PromptBox';
import { Score } from './Score';
import { WordPanel } from './WordPanel';
import css from './AskView.module.css';

const MODELS: readonly AnswerModel[] = ['base', 'helpful', 'harmless', 'honest', 'fused'];

export function AskView(): ReactNode {
  const { watch, models, compare } = strings;
  const who = useStudio((state) => state.who);
  const fused = useStudio(isFused);
  const answer = useStudio((state) => state.answer);
  const compared = useStudio((state) => (state.compared?.model === state.baseline ? state.compared : undefined));
  const [pointed, setPointed] = useState<number>();
  const writing = isBusy(answer) && answer !== undefined && answer.tokens.length > 0 ? answer.tokens.length - 1 : undefined;
  const active = pointed ?? writing;
  const routed = (answer?.model ?? who) === 'fused';
  return (
    <section id="watch" className={css['watch']} aria-labelledby="watch-title">
      <h2 id="watch-title">{fused ? watch.title.fused : watch.title.idle}</h2>
      <div className={css['columns']}>
        <div className={css['main']}>
          <PromptBox />
          <div className={css['who']}>
            <Segments
              label={watch.who}
              value={who}
              options={MODELS.map((model) => ({ value: model, name: models[model], disabled: model === 'fused' && !fused }))}
              onChange={(model) => { useStudio.setState({ who: model }); }}
            />
            {fused ? null : <p>{watch.notFused}</p>}
          </div>
          <ErrorNotice place="watch" />
          <Score answer={answer} active={active} onActive={setPointed} routed={answer === undefined || routed} />
          <AnswerFacts />
        </div>
        <div className={css['aside']}>
          <WordPanel answer={answer} active={active} routed={routed} />
          <Panel title={compare.title}>
            <Comparison answer={compared} onAsk={(baseline) => { void askBaseline(baseline); }} />
          </Panel>
        </div>
      </div>
    </section>
  );
}
