import type { ReactNode } from 'react';
import { strings } from '../strings';
import { focusTitle, type Screen } from './screens';
import css from './SkipLink.module.css';

/** The first stop of the Tab key leads past the header. The address is that of the screen: its hash names no part of the page. */
export function SkipLink({ screen }: { readonly screen: Screen }): ReactNode {
  return (
    <a
      className={css['skip']}
      href={`#${screen}`}
      onClick={(event) => {
        event.preventDefault();
        scrollTo({ top: 0, behavior: 'instant' });
        focusTitle();
      }}
    >
      {strings.header.skip}
    </a>
  );
}
