import type { ReactNode } from 'react';
import { fixed, integer } from '../format';
import { answerText, isBusy, tokensPerSecond } from '../store/answer';
import { useStudio } from '../store/studio';
import { strings } from '../strings';
import { useSlowly } from '../store/use_slowly';
import css from './InspectView.module.css';

const READ_EVERY = 250;

/** Tokens, speed and how it ended; the whole answer once for the ear. */
export function AnswerFacts(): ReactNode {
  const { watch } = strings;
  const answer = useStudio((state) => state.answer);
  const facts = useSlowly(answer, READ_EVERY);
  if (answer === undefined || facts === undefined) return <p className={css['facts']} />;
  const ended = answer.state === 'end' || answer.state === 'length' || answer.state === 'cancelled';
  const parts = [
    watch.count(integer(facts.tokens.length)),
    ...(facts.elapsed > 0 ? [watch.speed(fixed(tokensPerSecond(facts), 1))] : []),
    ...(facts.state === 'end' || facts.state === 'length' || facts.state === 'cancelled' ? [watch.reasons[facts.state]] : []),
    ...(isBusy(facts) ? [watch.writing] : []),
  ];
  return (
    <>
      <p className={css['facts']}>{parts.join(' · ')}</p>
      <p className="visually-hidden" role="status">
        {ended ? `${watch.finished(integer(answer.tokens.length))} ${answerText(answer)}` : ''}
      </p>
    </>
  );
}
