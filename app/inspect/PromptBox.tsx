import { useId, type KeyboardEvent, type ReactNode } from 'react';
import { Part, useLocked } from '../lesson/Part';
import type { AnswerSettings } from '../store/answer';
import { ANSWER_RANGES, useStudio } from '../store/studio';
import { strings } from '../strings';
import { AnswerSetting } from './AnswerSetting';
import controls from '../shell/controls.module.css';
import css from './InspectView.module.css';

const FIELDS = Object.keys(ANSWER_RANGES) as (keyof AnswerSettings)[];

interface Props {
  /** What the button says. */
  readonly ask: string;
  readonly ready: boolean;
  /** An answer is being written: the button stops it. */
  readonly busy: boolean;
  readonly onAsk: () => void;
  readonly onStop: () => void;
  /** In place of taking the next prompt into the box. */
  readonly onAnother?: () => void;
}

/** The prompt of this screen, and how it is answered. */
export function PromptBox({ ask, ready, busy, onAsk, onStop, onAnother }: Props): ReactNode {
  const { watch, fuse } = strings;
  const prompt = useStudio((state) => state.prompt);
  const prompts = useStudio((state) => state.prompts);
  const id = useId();
  const locked = useLocked('prompt');
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.shiftKey || !ready) return;
    event.preventDefault();
    onAsk();
  };
  const another = onAnother ?? ((): void => {
    useStudio.setState({ prompt: prompts[(prompts.indexOf(prompt) + 1) % prompts.length] ?? prompt });
  });
  return (
    <form className={css['prompt']} noValidate onSubmit={(event) => { event.preventDefault(); if (ready) onAsk(); }}>
      <label htmlFor={id}>{watch.prompt}</label>
      <textarea
        id={id}
        rows={1}
        value={prompt}
        disabled={locked !== undefined}
        title={locked}
        spellCheck={false}
        onKeyDown={onKey}
        onChange={({ target }) => { useStudio.setState({ prompt: target.value }); }}
      />
      <div className={css['actions']}>
        {prompts.length > 1 ? <button type="button" className={controls['word']} disabled={locked !== undefined} title={locked} onClick={another}>{fuse.anotherPrompt}</button> : null}
        {busy ? (
          <button type="button" className={controls['outlined']} onClick={onStop}>{watch.stop}</button>
        ) : (
          <button type="submit" className={controls['outlined']} disabled={!ready}>{ask}</button>
        )}
      </div>
      <Part name="answer">
        <details className={css['more']}>
          <summary>{watch.more}</summary>
          <div>
            {FIELDS.map((field) => <AnswerSetting key={field} field={field} />)}
          </div>
        </details>
      </Part>
    </form>
  );
}
