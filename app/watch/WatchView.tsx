import { useCallback, useMemo, useState, type ReactNode } from 'react';
import { FuseButton } from '../fuse/FuseButton';
import { ErrorNotice } from '../shell/ErrorNotice';
import { watch } from '../store/actions';
import { type Answer, answerText } from '../store/answer';
import { isRecorded, shownRecord, shownTakes, useStudio } from '../store/studio';
import { promptsOf, takeAt, takenSteps } from '../store/take';
import { useRecordCount } from '../store/use_record';
import { integer } from '../format';
import { strings } from '../strings';
import { Spot } from '../tour/Spot';
import { useNoteBesideFuse } from '../fuse/note';
import { GatePanel } from './GatePanel';
import { GateScrubber } from './GateScrubber';
import { Lead } from './Lead';
import { Score } from './Score';
import { useRecital } from './use_recital';
import { WatchedPrompt } from './WatchedPrompt';
import css from './WatchView.module.css';

const DRAW_EVERY = 500;

/** The landing page: one prompt, its answer as a score, the gate of each word; the gate loss below leads back through the run. */
export function WatchView(): ReactNode {
  const texts = strings.watch;
  const record = useStudio(shownRecord);
  const takes = useStudio(shownTakes);
  const recorded = useStudio(isRecorded);
  const known = useStudio((state) => state.prompts);
  const prompts = useMemo(() => (recorded ? promptsOf(takes) : known), [recorded, takes, known]);
  const watched = useStudio((state) => state.watched);
  // A recording answers what it was asked; a prompt of one's own waits for a model of this tab.
  const prompt = recorded && !prompts.includes(watched) ? prompts[0] ?? '' : watched;
  const cursor = useStudio((state) => state.cursor);
  const note = useNoteBesideFuse();
  const count = useRecordCount(record, DRAW_EVERY);
  const [playing, setPlaying] = useState(() => !matchMedia('(prefers-reduced-motion: reduce)').matches);
  const [pointed, setPointed] = useState<number>();

  const stops = useMemo(() => takenSteps(takes, prompt), [takes, prompt]);
  const take = takeAt(takes, prompt, cursor ?? Infinity);
  const plays = playing && recorded;
  const next = prompts[prompts.indexOf(prompt) + 1];
  const onEnd = useCallback(() => {
    if (next === undefined) setPlaying(false);
    else watch(next);
  }, [next]);
  const shown = useRecital({ of: take, length: take?.tokens.length ?? 0, playing: plays && take !== undefined, onEnd });
  const answer = useMemo((): Answer | undefined => (take === undefined ? undefined : {
    model: 'fused', prompt, state: shown < take.tokens.length ? 'writing' : 'end', tokens: take.tokens.slice(0, shown), elapsed: 0,
  }), [take, prompt, shown]);
  // Of what is written now a word, not its comma.
  const word = answer?.tokens.findLastIndex(({ text }) => /[\p{L}\p{N}]/u.test(text)) ?? -1;
  const active = pointed !== undefined && pointed < shown ? pointed : word < 0 ? undefined : word;

  const choose = (step: number): void => {
    setPlaying(false);
    useStudio.setState({ cursor: step === stops.at(-1) ? undefined : step });
  };
  return (
    <div className={css['watch']}>
      <div className={css['page']}>
        <h1 tabIndex={-1}>{strings.hero}</h1>
        <Lead />
        <ErrorNotice place="recording" />
        <div className={css['columns']}>
          <div className={css['main']}>
            <WatchedPrompt prompt={prompt} prompts={prompts} fixed={recorded} />
            <Spot name="score"><Score answer={answer} active={active} onActive={setPointed} routed empty={record === undefined ? texts.nothing : texts.soon} /></Spot>
            <p className="visually-hidden" role="status">{plays || answer === undefined ? '' : answerText(answer)}</p>
            <ErrorNotice place="watch" />
            <ErrorNotice place="run" />
            <div className={css['fuse']}><FuseButton /><p>{note}</p></div>
          </div>
          <Spot name="gate"><GatePanel answer={answer} active={active} /></Spot>
        </div>
      </div>
      {record === undefined ? null : (
        <Spot name="rewind">
          <GateScrubber
            record={record}
            count={count}
            recorded={recorded}
            stops={stops}
            at={take?.step ?? 0}
            onStop={choose}
            spoken={take === undefined ? '' : texts.scrubber.spoken(integer(take.step), take.tokens.map(({ text }) => text).join('').trim())}
            playing={plays}
            onPlay={setPlaying}
          />
        </Spot>
      )}
    </div>
  );
}
