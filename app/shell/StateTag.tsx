import type { ReactNode } from 'react';
import { useStudio } from '../store/studio';
import type { Screen } from './screens';
import { tagKind, tagText, type TagKind, toldOn } from './tag';
import css from './StateTag.module.css';

const MARKS: Readonly<Record<TagKind, ReactNode>> = {
  ready: <circle cx="5" cy="5" r="3.25" fill="none" stroke="currentColor" strokeWidth="1.5" />,
  recorded: <path d="M2.5 1.5v7l6-3.5z" fill="none" stroke="currentColor" strokeWidth="1.25" strokeLinejoin="round" />,
  live: <circle cx="5" cy="5" r="4" fill="currentColor" />,
  paused: <path d="M3 1v8M7 1v8" stroke="currentColor" strokeWidth="2" />,
  failed: <path d="M1.5 1.5l7 7M8.5 1.5l-7 7" stroke="currentColor" strokeWidth="1.5" />,
};

export function StateTag({ screen }: { readonly screen: Screen }): ReactNode {
  const kind = useStudio((state) => tagKind(toldOn(screen, state)));
  const text = useStudio((state) => tagText(toldOn(screen, state)));
  return (
    <span className={css['tag']} data-kind={kind} role="status">
      <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">{MARKS[kind]}</svg>
      {text}
    </span>
  );
}
