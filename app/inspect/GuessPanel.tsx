import type { ReactNode } from 'react';
import { EXPERTS } from '../../src/engine/protocol';
import { fixed, integer } from '../format';
import { Panel } from '../shell/Panel';
import { meansOf } from '../store/called';
import { isOver, truthsOf } from '../store/guessing';
import { type GuessKind, type Round, useInspect } from '../store/inspect';
import { strings } from '../strings';
import { guessedOf } from './guess_facts';
import css from './GuessView.module.css';

/** The running score, and beside it what was guessed of this answer. */
export function GuessPanel({ round, kind }: { readonly round: Round | undefined; readonly kind: GuessKind }): ReactNode {
  const texts = strings.guess;
  const { right, of } = useInspect((state) => state.tally[kind]);
  return (
    <Panel title={of === 0 ? texts.scoreNone : texts.score(integer(right), integer(of))} note={of === 0 ? texts.chance : `${texts.scoreNote} ${texts.chance}`}>
      {round === undefined || round.guesses.length === 0 ? null : kind === 'word' ? <Words round={round} /> : <Means round={round} />}
    </Panel>
  );
}

function Words({ round }: { readonly round: Round }): ReactNode {
  const { guess: texts, models } = strings;
  return (
    <div className={css['scroll']} role="region" aria-label={texts.head.word} tabIndex={0}>
      <table className={css['table']}>
        <thead><tr><th scope="col">{texts.head.word}</th><th scope="col">{texts.head.you}</th><th scope="col">{texts.head.router}</th></tr></thead>
        <tbody>
          {guessedOf(round, truthsOf(round)).map(({ place, word, yours, router }) => (
            <tr key={place} data-right={yours === router}>
              <th scope="row">{word}</th><td data-expert={yours}>{models[yours]}</td><td data-expert={router}>{models[router]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Means({ round }: { readonly round: Round }): ReactNode {
  const { guess: texts, models } = strings;
  if (!isOver(round)) return null;
  const means = meansOf(round.answer.tokens);
  return (
    <table className={`${css['table'] ?? ''} ${css['means'] ?? ''}`}>
      <thead><tr><th scope="col">{texts.head.expert}</th><th scope="col">{texts.head.probability}</th></tr></thead>
      <tbody>
        {EXPERTS.map((expert, e) => <tr key={expert} data-expert={expert}><th scope="row">{models[expert]}</th><td>{fixed(means[e] ?? NaN, 2)}</td></tr>)}
      </tbody>
    </table>
  );
}
