import { useMemo, useState, type ReactNode } from 'react';
import type { AnswerModel } from '../../src/engine/protocol';
import type { Cell } from '../charts/heatmap_layout';
import { Part } from '../lesson/Part';
import { Segments } from '../shell/Segments';
import { type Answer, isBusy, newAnswer } from '../store/answer';
import { stopAnswer } from '../store/asking';
import { routedTokens } from '../store/called';
import { askInspected } from '../store/stepping';
import { isFused, type StudioState, useStudio } from '../store/studio';
import { type Take, takeAt } from '../store/take';
import { strings } from '../strings';
import { Spot } from '../tour/Spot';
import { Score } from '../watch/Score';
import { AlonePanel } from './AlonePanel';
import { AnswerFacts } from './AnswerFacts';
import { ForkPanel } from './ForkPanel';
import { LookRail } from './LookRail';
import { PromptBox } from './PromptBox';
import { SOME_LAYERS } from './router_facts';
import { sentenceOf } from './sentence';
import { TokenPanel } from './TokenPanel';
import css from './InspectView.module.css';

const MODELS: readonly AnswerModel[] = ['base', 'helpful', 'harmless', 'honest', 'fused'];

/** Any model, any prompt: the answer word by word, what the router did at each, and what can be done to it. */
export function LookView(): ReactNode {
  const { watch, fork } = strings;
  const who = useStudio((state) => state.who);
  const answer = useStudio((state) => state.answer);
  const ready = useStudio(canAsk);
  const busy = useStudio((state) => isBusy(state.answer) || isBusy(state.compared) || isBusy(state.stepped?.answer));
  const [pointed, setPointed] = useState<number>();
  const [pinned, setPinned] = useState<Cell>();
  const writing = isBusy(answer) && answer !== undefined && answer.tokens.length > 0 ? answer.tokens.length - 1 : undefined;
  const active = pointed !== undefined && pointed < (answer?.tokens.length ?? 0) ? pointed : writing;
  const recorded = useStudio(recordedAnswer);
  const stepped = useStudio((state) => (state.answer?.model === 'fused' ? state.stepped : undefined));
  const inspected = useMemo((): Answer => {
    if (answer?.model === 'fused') return answer;
    return recorded === undefined ? EMPTY : { ...EMPTY, prompt: recorded.prompt, state: 'end', tokens: recorded.tokens };
  }, [answer, recorded]);
  const columns = useMemo(() => routedTokens(inspected.tokens), [inspected]);
  const at = pinned === undefined ? undefined : columns[pinned.column]?.index;
  const modelLayers = useStudio(({ cards }) => cards[0]?.layers ?? SOME_LAYERS);
  const layers = columns[0]?.token.routing?.layers ?? modelLayers;
  const shown = at === undefined ? undefined : pinned;
  const speaker = answer?.model ?? who;
  const prompt = useStudio((state) => state.prompt);
  // The box may hold another prompt by now.
  const other = answer !== undefined && answer.prompt.trim() !== prompt.trim() ? [fork.answerTo(answer.prompt)] : [];
  const said = [...other, ...(stepped === undefined ? [] : [fork.trained])].join(', ');
  /** A word of the answer is pinned at its last layer, or where a layer was pinned before. */
  const pin = (index: number): void => {
    const column = columns.findIndex((other) => other.index >= index);
    const row = pinned?.row ?? (columns[column]?.token.routing?.layers ?? 1) - 1;
    if (column >= 0) setPinned({ facet: 0, row, column });
  };
  return (
    <>
      <div className={css['look']}>
        <div className={css['main']}>
          <Spot name="ask">
            <PromptBox ask={watch.ask} ready={ready} busy={busy} onAsk={() => { void askInspected(); }} onStop={stopAnswer} />
          </Spot>
          <Part name="answer"><WhoAnswers /></Part>
          {said === '' ? null : <p className={css['state']}>{said}</p>}
          <Score
            answer={answer} active={active} onActive={setPointed} routed={speaker === 'fused'} empty={watch.empty}
            {...(answer?.model === 'fused' ? { onPick: pin } : {})}
          />
          <AnswerFacts />
        </div>
        <LookRail
          speaker={speaker} word={active === undefined ? undefined : answer?.tokens[active]} inspected={inspected} stepped={stepped?.answer}
          at={at} layer={shown?.row} layers={layers} onUnpin={() => { setPinned(undefined); }}
        />
        {stepped === undefined ? null : (
          <div className={css['fork']}>
            <ForkPanel trained={inspected} stepped={stepped.answer} done={sentenceOf(stepped.steps)} onAlone={pin} />
          </div>
        )}
        <div className={css['heatmap']}>
          <TokenPanel answer={inspected} layers={layers} recorded={answer?.model !== 'fused' && recorded !== undefined} pinned={shown} onPin={setPinned} />
        </div>
      </div>
      {at === undefined ? null : <div className={css['below']}><AlonePanel answer={inspected} at={at} /></div>}
    </>
  );
}

function WhoAnswers(): ReactNode {
  const { watch, models } = strings;
  const who = useStudio((state) => state.who);
  const fused = useStudio(isFused);
  return (
    <div className={css['who']}>
      <Segments
        label={watch.who}
        value={who}
        options={MODELS.map((model) => ({ value: model, name: models[model], disabled: model === 'fused' && !fused }))}
        onChange={(model) => { useStudio.setState({ who: model }); }}
      />
      {fused ? null : <p>{watch.notFused}</p>}
    </div>
  );
}

const EMPTY: Answer = newAnswer('fused', '');

function canAsk(state: StudioState): boolean {
  return state.engine === 'ready' && state.prompt.trim() !== '' && (state.who !== 'fused' || isFused(state));
}

/** What the recorded run said at its end to the prompt in the box; only where no run of this tab stands. */
function recordedAnswer({ record, recording, prompt }: StudioState): Take | undefined {
  return record === undefined && recording !== undefined ? takeAt(recording.takes, prompt, Infinity) : undefined;
}
