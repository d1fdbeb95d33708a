import { useMemo, useState, type ReactNode } from 'react';
import { EXPERTS, type ExpertId } from '../../src/engine/protocol';
import { integer } from '../format';
import { Segments } from '../shell/Segments';
import controls from '../shell/controls.module.css';
import type { Answer } from '../store/answer';
import { beginRound, guess, isOver, nextRound, setKind, stopRound, truthsOf } from '../store/guessing';
import { type Round, useInspect } from '../store/inspect';
import { isFused, type StudioState, useStudio } from '../store/studio';
import { strings } from '../strings';
import { Score } from '../watch/Score';
import { GuessPanel } from './GuessPanel';
import { shownOf, verdictOf } from './guess_facts';
import { PromptBox } from './PromptBox';
import view from './InspectView.module.css';
import css from './GuessView.module.css';

/** Predict, then reveal: which expert will the router call? Keys 1, 2 and 3, or the buttons. */
export function GuessView(): ReactNode {
  const texts = strings.guess;
  const { kind, round, hidden, nothing } = useInspect();
  const ready = useStudio(canBegin);
  const note = hidden !== undefined ? texts.waiting(integer(hidden.tokens.length))
    : nothing ? texts.nothing : round?.recorded === true ? texts.recorded : texts.notes[kind];
  return (
    <div className={view['columns']}>
      <div className={view['main']}>
        <PromptBox
          ask={texts.begin} ready={ready} busy={hidden !== undefined}
          onAsk={() => { void beginRound(); }} onStop={stopRound} onAnother={() => { void nextRound(); }}
        />
        <div className={view['who']}>
          <Segments
            label={texts.kind}
            value={kind}
            options={[{ value: 'word' as const, name: texts.kinds.word }, { value: 'whole' as const, name: texts.kinds.whole }]}
            onChange={setKind}
          />
        </div>
        <Guessed round={round} />
        <div className={css['choices']} role="group" aria-label={texts.choose}>
          {EXPERTS.map((expert, i) => <Choice key={expert} expert={expert} digit={String(i + 1)} open={round !== undefined && !isOver(round)} />)}
        </div>
        <p className={css['verdict']} role="status">{round === undefined ? '' : verdictOf(round, truthsOf(round))}</p>
        <p className={css['note']}>{note}</p>
      </div>
      <GuessPanel round={round} kind={kind} />
    </div>
  );
}

/** The answer as far as it was guessed; the word in question stands there, its lines do not. */
function Guessed({ round }: { readonly round: Round | undefined }): ReactNode {
  const texts = strings.guess;
  const [pointed, setPointed] = useState<number>();
  const shown = useMemo((): Answer | undefined => (round === undefined ? undefined : shownOf(round)), [round]);
  const asked = round?.kind === 'word' && !isOver(round) ? (shown?.tokens.length ?? 0) - 1 : undefined;
  const empty = round === undefined ? texts.empty : texts.hidden;
  return <Score answer={shown} active={pointed ?? asked} onActive={setPointed} routed empty={empty} />;
}

function Choice({ expert, digit, open }: { readonly expert: ExpertId; readonly digit: string; readonly open: boolean }): ReactNode {
  const name = strings.models[expert];
  return (
    <button
      type="button" className={`${controls['outlined'] ?? ''} ${css['choice'] ?? ''}`} data-expert={expert} disabled={!open}
      aria-keyshortcuts={digit} onClick={() => { guess(expert); }}
    >
      <kbd>{digit}</kbd>{name}
    </button>
  );
}

function canBegin(state: StudioState): boolean {
  return state.prompt.trim() !== '' && (isFused(state) ? state.engine === 'ready' : state.recording !== undefined);
}
