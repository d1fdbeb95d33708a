import type { ReactNode } from 'react';
import { useStudio } from '../store/studio';
import { strings } from '../strings';
import { type Screen, SCREENS } from './screens';

/** The screens by name: in the header, on a phone at the foot. */
export function ScreenLinks({ screen, className }: { readonly screen: Screen; readonly className: string }): ReactNode {
  const { header } = strings;
  const without: readonly Screen[] | undefined = useStudio(({ lesson }) => lesson?.without);
  return (
    <nav className={className} aria-label={header.nav}>
      {SCREENS.filter((id) => without?.includes(id) !== true).map((id) => (
        <a
          key={id} href={`#${id}`} aria-current={screen === id ? 'page' : undefined}
          onClick={(event) => { if (screen === id && !event.ctrlKey && !event.metaKey && !event.shiftKey) event.preventDefault(); }}
        >
          {header.screens[id]}
        </a>
      ))}
    </nav>
  );
}
