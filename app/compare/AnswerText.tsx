import type { ReactNode } from 'react';
import { type Answer, answerText, isBusy } from '../store/answer';
import { strings } from '../strings';
import css from './AnswerText.module.css';

/** An answer as plain text, while it is written too; empty lines wait for words. */
export function AnswerText({ answer }: { readonly answer: Answer | undefined }): ReactNode {
  return <p className={css['answer']} aria-busy={isBusy(answer)} data-state={answer?.state ?? 'empty'}>{words(answer)}</p>;
}

function words(answer: Answer | undefined): string {
  if (answer === undefined) return '';
  return answer.state === 'waiting' ? strings.fuse.waiting : answerText(answer);
}
