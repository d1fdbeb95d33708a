import { useId, useRef, useState, type ReactNode } from 'react';
import controls from '../shell/controls.module.css';
import { strings } from '../strings';
import css from './LessonDialog.module.css';

/** The link as text, and a button that copies it; where the browser refuses, it is selected to be copied by hand. */
export function CopyLink({ link }: { readonly link: string }): ReactNode {
  const { lesson: texts } = strings.around;
  const [said, setSaid] = useState<{ readonly link: string; readonly text: string }>();
  const field = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(link);
      setSaid({ link, text: strings.header.linkCopied });
    } catch {
      field.current?.select();
      setSaid({ link, text: strings.notice.copyFailed });
    }
  };
  return (
    <div className={css['link']}>
      <label htmlFor={id}>{texts.link}</label>
      <textarea id={id} ref={field} readOnly rows={3} value={link} />
      <button type="button" className={controls['primary']} onClick={() => { void copy(); }}>{texts.copy}</button>
      <span role="status">{said?.link === link ? said.text : ''}</span>
    </div>
  );
}
