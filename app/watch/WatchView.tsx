import { useCallback, useMemo, useState, type ReactNode } from 'react';
import { FuseButton } from '../fuse/FuseButton';
import { useHidden } from '../lesson/Part';
import { ErrorNotice } from '../shell/ErrorNotice';
import { type Answer, answerText } from '../store/answer';
import { isRecorded, shownRecord, useStudio } from '../store/studio';
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
import { lastWord, useWatched } from './use_watched';
import { WatchedPrompt } from './WatchedPrompt';
import css from './WatchView.module.css';

const DRAW_EVERY = 500;

/** The landing page: one prompt, its answer as a score, the gate of each word; the gate loss below leads back through the run. */
export function WatchView(): ReactNode {
  const texts = strings.watch;
  const record = useStudio(shownRecord);
  const recorded = useStudio(isRecorded);
  const { prompt, prompts, opening, stops, take } = useWatched();
  const note = useNoteBesideFuse();
  const fuseHidden = useHidden('fuse');
  const count = useRecordCount(record, DRAW_EVERY);
  const [playing, setPlaying] = useState(() => !matchMedia('(prefers-reduced-motion: reduce)').matches);
  const [pointed, setPointed] = useState<number>();

  const plays = playing && recorded;
  const next = prompts[(prompts.indexOf(prompt) + 1) % prompts.length];
  const onEnd = useCallback(() => {
    if (next === undefined || next === opening) setPlaying(false);
    else useStudio.setState({ recited: next, cursor: undefined });
  }, [next, opening]);
  const shown = useRecital({ of: take, length: take?.tokens.length ?? 0, playing: plays && take !== undefined, onEnd });
  const answer = useMemo((): Answer | undefined => (take === undefined ? undefined : {
    model: 'fused', prompt, state: shown < take.tokens.length ? 'writing' : 'end', tokens: take.tokens.slice(0, shown), elapsed: 0,
  }), [take, prompt, shown]);
  const word = lastWord(answer?.tokens ?? []);
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
            {fuseHidden ? null : <div className={css['fuse']}><FuseButton /><p>{note}</p></div>}
          </div>
          <Spot name="gate"><div className={css['gate']}><GatePanel answer={answer} active={active} /></div></Spot>
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
