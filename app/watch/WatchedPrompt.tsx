import { useId, useState, type ReactNode } from 'react';
import { useLocked } from '../lesson/Part';
import { watch } from '../store/actions';
import { strings } from '../strings';
import controls from '../shell/controls.module.css';
import css from './WatchView.module.css';

interface Props {
  readonly prompt: string;
  readonly prompts: readonly string[];
  /** A recorded run answers what it was asked, and nothing else. */
  readonly fixed: boolean;
}

/** The prompt that is watched; the model of this tab can be asked anything. */
export function WatchedPrompt({ prompt, prompts, fixed }: Props): ReactNode {
  const texts = strings.watch;
  const id = useId();
  const locked = useLocked('prompt');
  const [draft, setDraft] = useState<string>();
  const another = (): void => {
    setDraft(undefined);
    watch(prompts[(prompts.indexOf(prompt) + 1) % prompts.length] ?? prompt);
  };
  return (
    <form
      className={css['prompt']}
      onSubmit={(event) => {
        event.preventDefault();
        const typed = (draft ?? prompt).trim();
        if (typed !== '') watch(typed);
        setDraft(undefined);
      }}
    >
      {fixed ? <><span>{texts.prompt}</span><p>{prompt}</p></> : (
        <>
          <label htmlFor={id}>{texts.prompt}</label>
          <input
            id={id} value={draft ?? prompt} spellCheck={false} autoComplete="off" enterKeyHint="go" disabled={locked !== undefined} title={locked}
            onChange={({ target }) => { setDraft(target.value); }}
          />
          <button type="submit" className={controls['word']} disabled={locked !== undefined} title={locked}>{texts.ask}</button>
        </>
      )}
      {prompts.length > 1 ? <button type="button" className={controls['word']} disabled={locked !== undefined} title={locked} onClick={another}>{strings.fuse.anotherPrompt}</button> : null}
    </form>
  );
}
