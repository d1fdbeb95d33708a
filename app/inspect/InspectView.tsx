import { useMemo, useState, type ReactNode } from 'react';
import type { AnswerModel } from '../../src/engine/protocol';
import { Comparison } from '../compare/Comparison';
import { Part } from '../lesson/Part';
import { ErrorNotice } from '../shell/ErrorNotice';
import { Panel } from '../shell/Panel';
import { Segments } from '../shell/Segments';
import { askBaseline } from '../store/asking';
import { type Answer, isBusy, newAnswer } from '../store/answer';
import { isFused, type StudioState, useStudio } from '../store/studio';
import { type Take, takeAt } from '../store/take';
import { strings } from '../strings';
import { Spot } from '../tour/Spot';
import { AnswerFacts } from './AnswerFacts';
import { ForkPanel } from './ForkPanel';
import { PromptBox } from './PromptBox';
import { sentenceOf, turnOf } from './sentence';
import { Score } from '../watch/Score';
import { TokenPanel } from './TokenPanel';
import { WordPanel } from './WordPanel';
import css from './InspectView.module.css';

const MODELS: readonly AnswerModel[] = ['base', 'helpful', 'harmless', 'honest', 'fused'];

/** Any model, any prompt: the answer word by word, and beside it what a baseline says. */
export function InspectView(): ReactNode {
  const { watch, models, compare } = strings;
  const who = useStudio((state) => state.who);
  const fused = useStudio(isFused);
  const answer = useStudio((state) => state.answer);
  const compared = useStudio((state) => (state.compared?.model === state.baseline ? state.compared : undefined));
  const [pointed, setPointed] = useState<number>();
  const writing = isBusy(answer) && answer !== undefined && answer.tokens.length > 0 ? answer.tokens.length - 1 : undefined;
  const active = pointed !== undefined && pointed < (answer?.tokens.length ?? 0) ? pointed : writing;
  const recorded = useStudio(recordedAnswer);
  const stepped = useStudio((state) => state.stepped);
  const inspected = useMemo((): Answer => {
    if (answer?.model === 'fused') return answer;
    return recorded === undefined ? EMPTY : { ...EMPTY, prompt: recorded.prompt, state: 'end', tokens: recorded.tokens };
  }, [answer, recorded]);
  const turn = stepped === undefined || answer?.model !== 'fused' ? undefined : turnOf(answer, stepped.answer, stepped.steps);
  const routed = (answer?.model ?? who) === 'fused';
  return (
    <>
      <h1 tabIndex={-1}>{turn ?? (fused ? watch.title.fused : watch.title.idle)}</h1>
      <div className={css['columns']}>
        <div className={css['main']}>
          <Spot name="ask"><PromptBox /></Spot>
          <Part name="answer">
            <div className={css['who']}>
              <Segments
                label={watch.who}
                value={who}
                options={MODELS.map((model) => ({ value: model, name: models[model], disabled: model === 'fused' && !fused }))}
                onChange={(model) => { useStudio.setState({ who: model }); }}
              />
              {fused ? null : <p>{watch.notFused}</p>}
            </div>
          </Part>
          <ErrorNotice place="watch" />
          <Score answer={answer} active={active} onActive={setPointed} routed={answer === undefined || routed} empty={watch.empty} />
          <AnswerFacts />
        </div>
        <div className={css['aside']}>
          <WordPanel answer={answer} active={active} routed={routed} />
          <Part name="compare">
            <Panel title={compare.title}>
              <Comparison answer={compared} onAsk={(baseline) => { void askBaseline(baseline); }} />
            </Panel>
          </Part>
        </div>
      </div>
      <TokenPanel answer={inspected} recorded={answer?.model !== 'fused' && recorded !== undefined} />
      {stepped === undefined || answer?.model !== 'fused' ? null : <ForkPanel trained={answer} stepped={stepped.answer} done={sentenceOf(stepped.steps)} />}
    </>
  );
}

const EMPTY: Answer = newAnswer('fused', '');

/** What the recorded run said at its end to the prompt in the box; only where no run of this tab stands. */
function recordedAnswer({ record, recording, prompt }: StudioState): Take | undefined {
  return record === undefined && recording !== undefined ? takeAt(recording.takes, prompt, Infinity) : undefined;
}
